import { holdTo } from './support/holdTo.ts';
import { KINDS } from './support/kinds.ts';

holdTo(KINDS);

import { adfLead } from './propexo/workflows/adfLead.ts';
import { aiAgentEmail } from './propexo/workflows/aiAgentEmail.ts';
import { agentAsksFirst } from './propexo/workflows/agentAsksFirst.ts';
import { bookATour } from './propexo/workflows/bookATour.ts';
import { bookATourAgent } from './propexo/workflows/bookATourAgent.ts';
import { calendly } from './propexo/workflows/calendly.ts';
import { callLog } from './propexo/workflows/callLog.ts';
import { callRail } from './propexo/workflows/callRail.ts';
import { hubSpotCalls } from './propexo/workflows/hubSpotCalls.ts';
import { guestCards } from './propexo/workflows/guestCards.ts';
import { mcpServer } from './propexo/workflows/mcpServer.ts';
import { mitsLead } from './propexo/workflows/mitsLead.ts';
import { newCaller } from './propexo/workflows/newCaller.ts';
import { rentEngineMcpServer } from './rentEngine/workflows/mcpServer.ts';
import { showMojo } from './propexo/workflows/showMojo.ts';
import { everyMorning } from './rentEngine/workflows/everyMorning.ts';
import { missedCall } from './rentEngine/workflows/missedCall.ts';
import { roundRobin } from './rentEngine/workflows/roundRobin.ts';
import { runFailed } from './shared/runFailed.ts';
import { startShipped, type Shipped } from './support/shipped.ts';
import { toursSpreadsheet } from './propexo/workflows/toursSpreadsheet.ts';
import { twilioCalls } from './propexo/workflows/twilioCalls.ts';
import { writeFailed } from './propexo/workflows/writeFailed.ts';

/*
 * Every automation of workflows/ as it is shipped, in one real n8n; only what a user fills in is filled in here.
 * The one of the demo, crm-webhook.json, has tests of its own: exampleWorkflow.test.ts.
 */

let shipped: Shipped;
const shop = () => shipped;

beforeAll(async () => {
	shipped = await startShipped();
});

afterAll(() => shipped?.stop());

beforeEach(() => shipped.reset());

describe('propexo-call-log.json', () => callLog(shop));
describe('propexo-callrail-calls.json', () => callRail(shop));
describe('propexo-twilio-calls.json', () => twilioCalls(shop));
describe('propexo-hubspot-calls.json', () => hubSpotCalls(shop));
describe('propexo-new-caller.json', () => newCaller(shop));
describe('propexo-write-failed.json', () => writeFailed(shop));
describe('propexo-tours-spreadsheet.json', () => toursSpreadsheet(shop));
describe('propexo-guest-cards.json', () => guestCards(shop));
describe('propexo-adf-lead.json', () => adfLead(shop));
describe('propexo-mits-lead.json', () => mitsLead(shop));
describe('propexo-calendly-tours.json', () => calendly(shop));
describe('propexo-showmojo-tours.json', () => showMojo(shop));
describe('propexo-ai-agent-email.json', () => aiAgentEmail(shop));
describe('propexo-mcp-server.json', () => mcpServer(shop));
describe('propexo-agent-asks-first.json', () => agentAsksFirst(shop));
describe('propexo-book-a-tour.json', () => bookATour(shop));
describe('propexo-book-a-tour-agent.json', () => bookATourAgent(shop));
describe('rentengine-mcp-server.json', () => rentEngineMcpServer(shop));
describe('rentengine-missed-call.json', () => missedCall(shop));
describe('rentengine-every-morning.json', () => everyMorning(shop));
describe('rentengine-new-prospects-round-robin.json', () => roundRobin(shop));
describe('run-failed.json', () => runFailed(shop));

/** What is wrong with one field of one item. */
export interface Problem {
	label: string;
	/** Completes "'Label' …". With `whole` it is a full sentence. */
	wrong: string;
	/** `wrong` is a full sentence that names the field itself. */
	whole?: true;
	/**
	 * Given for a field that is only empty: what needs it, e.g. "A call" or "Yardi"; '' for a field that is
	 * always needed. Fields that are needed by the same are told in one sentence.
	 */
	neededBy?: string;
	/**
	 * The same of several fields, completes "'Label' and 'Label' …". Fields with the same text are told in one
	 * sentence.
	 */
	together?: string;
	/** The empty field was filled in with an expression that found nothing. */
	byExpression?: boolean;
	/** The collection under which the empty field is added. */
	under?: string;
	/** No other value of the field fixes it: a person has to set something first. */
	needsPerson?: true;
	/** No value is wrong: something could not be found out. */
	passing?: true;
	/** What to do about what could not be found out, unless it is to run it again later. */
	advice?: string;
}

/** What a hint says about one field of one item. It stops nothing. */
export interface Remark {
	label: string;
	/** Completes "'Label' …". */
	remark: string;
	/** The same for an item that is only previewed, where `remark` tells of what was sent. */
	ahead?: string;
}

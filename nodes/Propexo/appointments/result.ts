import type { Schema } from '../../shared/json/schema';
import type { Waiting } from '../jobs/waitForResult';

/*
 * What a PMS says of an appointment that it does not write. The words are those of the PMSs, which Propexo passes on; no
 * list of them is published. A sentence counts only if its subject is the time or the appointment: "A task was canceled"
 * tells of a timeout, and "The lead has a tour at this time" of the person. All other words stay a refusal.
 */

/** Longer ones say nothing that is looked for, and would take long. */
const LONGEST_CLAUSE = 300;

/** The sentences of a text, and the clauses that give a reason. */
const clausesOf = (text: string): string[] =>
	text
		.split(/[.;!?()\n](?=\s|$|\D)|:\s|,\s|\s-\s|\b(?:because|since|as)\b/i)
		.map((clause) => clause.trim())
		.filter((clause) => clause !== '' && clause.length <= LONGEST_CLAUSE);

/** Whether a clause of the words has one of the forms, and does not speak of what is left out. */
const says = (words: string[], forms: RegExp[], unless = /^$/): boolean =>
	words
		.flatMap(clausesOf)
		.some((clause) => !unless.test(clause) && forms.some((form) => form.test(clause)));

/** "The requested", at the beginning of a clause. */
const THE = String.raw`^(?:(?:sorry|the|this|that|your|a|requested|selected|chosen|specified|desired|given) )*`;
/** A time, a date or a number that names which one is meant. */
const WHICH = String.raw`(?: (?:(?:on|at|for|from|to|of|with|id|no|number|the|-) )*#?[a-z_/:+-]*\d[\w/:+-]*(?: [ap]m)?)*`;
const SLOT = String.raw`(?:(?:appointment|tour|start) )?(?:time ?-?slots?|slots?|date and time|date\/time|times?)`;
/** A person's own choice, and the words for it behind the time: "the time you selected". */
const CHOOSES = String.raw`(?: have|'ve)? (?:selected|chose|chosen|requested|picked|specified|entered)\b`;
const CHOSEN = String.raw`(?: (?:(?:that|which) )?(?:you${CHOOSES}|(?:(?:was|were|has been) )?(?:selected|chosen|requested|picked|specified|entered)\b))?`;
const IS = String.raw`(?: (?:is|are|was|were|has|have|had|been))*`;
/** A time or a date in digits: 2:30, 7/15, 3 pm. */
const IN_DIGITS = String.raw`\d+[/:-]\d[\w/:+-]*|\d{1,2} ?[ap]m`;
/** "At the requested time"; "at this time" may mean that it is so for now. */
const THEN = String.raw`(?:at|for|on|during) (?:(?:(?:the|that|this|your) )?(?:requested|selected|chosen|specified|desired|given|same) (?:${SLOT}|date)|that (?:${SLOT})|${IN_DIGITS})\b`;
const WHO = String.raw`(?:(?:leasing )?(?:agent|consultant)|employee)`;

/** Somebody else has the time already. */
const SLOT_TAKEN = [
	new RegExp(
		`${THE}(?:(?:new )?(?:appointment|tour|it|${SLOT}) )?(?:conflicts|overlaps)(?: with)? (?:an? |the )?(?:existing|another|other)\\b`,
		'i',
	),
	new RegExp(
		`${THE}${SLOT}${CHOSEN}${WHICH}${IS} (?:no longer|not|already) (?:available|free|open)\\b`,
		'i',
	),
	new RegExp(`${THE}${SLOT}${CHOSEN}${WHICH} (?:isn't|aren't|wasn't) (?:available|free|open)\\b`, 'i'),
	new RegExp(
		`${THE}${SLOT}${CHOSEN}${WHICH}${IS}(?: (?:already|fully|just|now|been))* (?:unavailable|taken|full|reserved|filled|occupied|booked|double-?booked)\\b`,
		'i',
	),
	new RegExp(
		`${THE}(?:${WHO}|calendar)(?:'s calendar)? (?:(?:is|has been) (?:already |fully )+(?:booked|taken|full)|(?:is|has been) fully booked)\\b`,
		'i',
	),
	new RegExp(`${THE}${WHO} (?:is not|isn't|is no longer) (?:available|free) ${THEN}`, 'i'),
	new RegExp(`${THE}${WHO} is (?:unavailable|busy|occupied) ${THEN}`, 'i'),
	new RegExp(
		`^there (?:is|was) already (?:an?|another) (?:(?:other|existing) )?(?:appointment|tour|booking) (?:(?:scheduled|booked|reserved) )?(?:${THEN}|(?:at|for|during) this (?:${SLOT})\\b)`,
		'i',
	),
	new RegExp(
		`^(?:there (?:is|are) )?no (?:availability|openings?|(?:free |available |open )?(?:${SLOT})(?: available)?) ${THEN}`,
		'i',
	),
	/^double[- ]?bookings? (?:is |are )?not (?:allowed|permitted|possible)\b/i,
];

/** "You", unless it only says who chose the time. */
const YOU = String.raw`you(?!${CHOOSES})`;

/** The sentence is about the person's own appointments, or about a service that does not work now. */
const NOT_THE_SLOT = new RegExp(
	String.raw`(?<!\b(?:another|other|different) )\b(?:prospects?|leads?|applicants?|residents?|renters?|tenants?|guests?|guest cards?|customers?|contacts?|persons?|${YOU})\b|\b(?:temporar\w+|service|server|system|later|maintenance|time ?-?zones?|time-?out)\b`,
	'i',
);

/** What the person has at that time already: perhaps this very appointment, sent before. */
const OF_THE_PERSON = new RegExp(
	String.raw`\b(?:prospect|lead|applicant|resident|renter|tenant|guest|guest card|customer|contact|person|${YOU})\b[^.;!?\n]*\b(?:has|have|had)\b`,
	'i',
);

const isTaken = (words: string[]): boolean =>
	!words.some((text) => OF_THE_PERSON.test(text)) && says(words, SLOT_TAKEN, NOT_THE_SLOT);

/**
 * How the result of a booking is waited for: a time that is taken is told by that name.
 *
 * @cause The PMS says that somebody else has the time already.
 * @cure Ask for the free times again, and choose another one. Send it with another _Event ID in Your System_.
 */
export const bookingResult: Waiting = {
	meaningOf: (words) =>
		isTaken(words)
			? {
					what: 'slot taken',
					description:
						"Nothing was written to the PMS. If the same appointment was sent before, look first whether it has the time ('Appointment: Get Many'). Otherwise send it with a free time and another 'Event ID in Your System'; 'Write Job: Retry' would ask for the same time.",
					details: { slot_taken: true },
				}
			: undefined,
};

const APPOINTMENT = String.raw`(?:(?:leasing|calendar) )?(?:appointment|tour|visit|showing|booking|reservation|event)`;
const OFF = String.raw`(?:cancell?ed|called off|deleted)`;

/** "In cancelled status", or "cancelled". */
const IN_OFF = String.raw`(?:in (?:an? |the )?(?:status )?|set to )?${OFF}`;
/** "Has already been cancelled", "was cancelled before". */
const OFF_BEFORE = String.raw`(?:${IS} (?:already|previously)${IS} ${IN_OFF}|${IS} ${OFF} (?:already|before|previously))\b`;
const CANNOT_CANCEL = String.raw`(?:cannot|can't|can not|could not|couldn't|unable to|failed to) (?:cancel|delete)`;
const THE_APPOINTMENT = String.raw`(?:(?:an?|the|this|that) )?${APPOINTMENT}${WHICH}`;
const NOT_OFF = String.raw`(?:cannot|can't|can not|could not|couldn't) be ${OFF}`;

/** It was called off before. */
const CANCELLED_BEFORE = [
	new RegExp(`${THE}${APPOINTMENT}${WHICH}(?: status)?${OFF_BEFORE}`, 'i'),
	new RegExp(`^${CANNOT_CANCEL} (?:an? |the )?(?:already|previously)[ -]${OFF} ${APPOINTMENT}`, 'i'),
	new RegExp(`^${CANNOT_CANCEL} ${THE_APPOINTMENT} (?:that|which)${OFF_BEFORE}`, 'i'),
	new RegExp(`^${THE_APPOINTMENT} (?:that|which)${OFF_BEFORE} ${NOT_OFF}\\b`, 'i'),
];

/** "This appointment was canceled": only where nothing else is said, such as why, or of what else. */
const IS_CANCELLED = new RegExp(
	`${THE}${APPOINTMENT}${WHICH}(?: status)?(?: (?:is|was|has been|is in))? ${OFF}(?: (?:status|state))?$`,
	'i',
);

/** The same of what another clause names, or of what the request names. */
const IT_IS_CANCELLED = new RegExp(`^it${OFF_BEFORE}`, 'i');
const ALREADY_CANCELLED = new RegExp(`^(?:already|previously)${IS} ${IN_OFF}(?: (?:status|state))?$`, 'i');

/** "Cannot cancel" adds nothing to it: it names the appointment alone, or that it was to be called off. */
const CANNOT = [
	new RegExp(`^${CANNOT_CANCEL}(?: (?:it|${THE_APPOINTMENT}))?$`, 'i'),
	new RegExp(`${THE}${APPOINTMENT}${WHICH}(?: ${NOT_OFF})?$`, 'i'),
	new RegExp(
		`^(?:the )?(?:${APPOINTMENT} )?(?:cancell?ation|cancel|deletion|delete)(?: of ${THE_APPOINTMENT})? (?:(?:has|was|is) )?(?:failed|refused|rejected|not possible)$`,
		'i',
	),
];

/** A code between other clauses, such as PMS-1202. */
const CODE = /^(?:(?:error|status|code|http) ?)*(?:[a-z]+[-_])?\d+$/i;

/** Whether a text says that the appointment is off, and nothing else. */
function saysOnlyThat(text: string): boolean {
	const clauses = clausesOf(text).filter((clause) => !CODE.test(clause));
	const others = clauses.filter((clause) => !CANNOT.some((form) => form.test(clause)));
	const [said = ''] = others;
	if (others.length !== 1) return false;
	// "It" needs a word for what it is.
	const isNamed = clauses.length > 1 && said !== clauses[0];
	return IS_CANCELLED.test(said) || ALREADY_CANCELLED.test(said) || (isNamed && IT_IS_CANCELLED.test(said));
}

const isCancelled = (words: string[]): boolean => says(words, CANCELLED_BEFORE) || words.some(saysOnlyThat);

const YES: Schema = { type: 'boolean' };

/** How the result of a cancellation is waited for: one that was called off before is as it should be. */
export const cancelResult: Waiting = {
	columns: { already_cancelled: YES },
	meaningOf: (words) => (isCancelled(words) ? { done: { already_cancelled: true } } : undefined),
};

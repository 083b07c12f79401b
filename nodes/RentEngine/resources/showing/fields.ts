import { additionalFieldsOf } from '../../../shared/fields/collections';
import type { Field } from '../../../shared/fields/field';
import { ifPast } from '../../../shared/fields/times/plausible';
import { emailAlike, ifNobodys, phoneAlike } from '../../../shared/find/alike';
import { tenDigits } from '../../../shared/fields/phone';
import { anyJson, jsonList } from '../../kinds/json';
import { unitField } from '../../records/units';

/*
 * The fields of POST /showings/create. Names and values: RentEngine's page "Create a showing", version 1.1.1, and the notes
 * of a public client of 2026 about the part of it that was not seen. All keys are in camelCase.
 */

/** Values of *Prospect Type*. */
const SELF = 'Self';
const AGENT = 'Agent';

/** Characters of an agent's token. */
export const AGENT_TOKEN_LENGTH = 6;

/** What RentEngine takes as a phone number, also one that nobody in the USA or Canada has, such as 0000000000. */
const TEN = /^\d{10}$/;

/** Fields whose names are those of the API. */
const asNamed = (fields: Field[]): Field[] => fields.map((field) => ({ ...field, api: field.name }));

export const shownUnit: Field = {
	...unitField,
	name: 'unitId',
	api: 'unitId',
	label: 'Unit',
	required: true,
	description: 'The unit that is to be shown',
};

export const showingFields = asNamed([
	{
		name: 'prescreeningNotice',
		label: 'This plans a real showing. For a prospect of type Self RentEngine runs its <b>prescreening</b>, makes no showing if that fails, and may text or email the renter. Do not use it as a test.',
		kind: 'notice',
		local: true,
		description: '',
	},
	shownUnit,
	{
		name: 'plannedForTime',
		label: 'Planned for Time',
		kind: 'dateTime',
		required: true,
		hint: "'Get Availability' gives the times in which the unit can be shown",
		remark: ifPast,
		description: 'When the showing begins',
	},
	{
		name: 'prospectType',
		label: 'Prospect Type',
		kind: 'choice',
		default: SELF,
		required: true,
		options: [
			{
				name: 'Self',
				value: SELF,
				subject: 'A prospect of type Self',
				description: 'A renter, who has to pass the prescreening',
			},
			{
				name: 'Agent',
				value: AGENT,
				subject: 'A prospect of type Agent',
				description: "A renter's real estate agent, who needs a token",
			},
		],
		description: 'Who asks for the showing',
	},
	{
		name: 'agentTk',
		label: 'Agent Token',
		kind: 'text',
		isId: true,
		shownFor: { prospectType: [AGENT] },
		required: true,
		placeholder: 'e.g. a1b2c3',
		description: `The agent's token, which has exactly ${AGENT_TOKEN_LENGTH} characters`,
	},
	{
		name: 'firstName',
		label: 'First Name',
		kind: 'text',
		required: true,
		placeholder: 'e.g. Nathan',
		description: 'First name of the prospect',
	},
	{
		name: 'lastName',
		label: 'Last Name',
		kind: 'text',
		required: true,
		placeholder: 'e.g. Smith',
		description: 'Last name of the prospect',
	},
	{
		name: 'email',
		label: 'Email',
		kind: 'email',
		required: true,
		remark: ifNobodys(emailAlike),
		placeholder: 'e.g. nathan@example.com',
		description: 'Email address of the prospect',
	},
	{
		name: 'phone',
		label: 'Phone',
		kind: 'phone',
		required: true,
		placeholder: 'e.g. (512) 555-0100',
		refine: (written) => {
			const value = tenDigits(written) ?? TEN.exec(written.replace(/[\s().-]/g, ''))?.[0];
			return value === undefined
				? {
						/**
						 * @cause A showing needs a number of ten digits, and there is none, or there are several.
						 * @cure Give one number with its area code.
						 */
						wrong: 'must be a phone number of the USA or Canada with ten digits, such as (512) 555-0100',
					}
				: { value };
		},
		remark: ifNobodys((number) => (tenDigits(number) === undefined ? '' : phoneAlike(number))),
		description: 'Phone number of the prospect, in any common form; RentEngine takes ten digits',
	},
	{
		name: 'creditScore',
		label: 'Credit Score',
		kind: 'text',
		required: true,
		placeholder: 'e.g. 700+',
		description: 'The range of the credit score, as the prescreening of the unit words it',
	},
	{
		name: 'income',
		label: 'Income',
		kind: 'text',
		required: true,
		placeholder: 'e.g. $5000-$6000/month',
		description: 'The range of the monthly household income, as the prescreening of the unit words it',
	},
	{
		name: 'questionAnswers',
		label: 'Question Answers',
		kind: 'own',
		own: jsonList,
		withoutIt: 'the prescreening would get no answers',
		hint: 'The questions of a unit are in its prescreening template in RentEngine',
		description:
			'The answers to the questions of the prescreening. RentEngine documents "question" and, for the one about a voucher, "fixedQuestionType": "housing_voucher". [] for no questions.',
	},
]);

export const additionalFields = additionalFieldsOf(
	asNamed([
		{
			name: 'desiredShowingMethod',
			label: 'Desired Showing Method',
			kind: 'text',
			placeholder: 'e.g. Self Guided',
			description:
				'Accompanied, Remote Guided, Remote Guided with Gated Access, Self Guided, or another one as RentEngine spells it. The unit must offer it.',
		},
		{
			name: 'rescheduleEvent',
			label: 'Reschedule Event (JSON)',
			kind: 'own',
			own: anyJson,
			withoutIt: 'this would be a second showing, and the earlier one would stay',
			hint: 'RentEngine does not document what it takes. Put a text in quotes.',
			description: 'The earlier showing that this one replaces, as JSON',
		},
	]),
);

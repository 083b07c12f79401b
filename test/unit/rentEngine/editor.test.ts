import type { INode, INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { EVENT_TYPES } from '../../../nodes/RentEngine/records/eventTypes';

const { description, methods } = new RentEngine();
const node: INode = {
	id: 'n',
	name: 'RentEngine',
	type: 'rentEngine',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The parameters as the editor has them, defaults filled in. */
const filled = (parameters: INodeParameters) =>
	NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		node,
		description,
	) as INodeParameters;
/** The properties that the editor shows. */
const shown = (parameters: INodeParameters) =>
	description.properties.filter(
		(property) =>
			property.type !== 'hidden' &&
			NodeHelpers.displayParameter(filled(parameters), property, node, description),
	);
const namesOf = (parameters: INodeParameters) => shown(parameters).map(({ name }) => name);
const issues = (parameters: INodeParameters) =>
	Object.values(
		NodeHelpers.getNodeParametersIssues(
			description.properties,
			{ ...node, parameters: filled(parameters) },
			description,
		)?.parameters ?? {},
	).flat();

const CREATE = { resource: 'leasingEvent', operation: 'create' };
const prospectId = { __rl: true, mode: 'id', value: '1001' };
const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

describe('The editor of Leasing Event: Create', () => {
	it('opens on an assignment', () => {
		expect(namesOf({})).toEqual([
			'resource',
			'operation',
			'prospectId',
			'eventType',
			'usersFrom',
			'assignedToUserIds',
			'assignment',
			'applyActionInBulk',
			'deduplicationKey',
			'additionalFields',
			'options',
		]);
	});

	it.each([
		[{ ...CREATE }, 'assignedToUserIds', 'multiOptions'],
		[{ ...CREATE, usersFrom: 'id' }, 'userIds', 'string'],
		[{ ...CREATE, eventType: '={{ $json.type }}' }, 'assignedToUserIds', 'multiOptions'],
		[{ ...CREATE, eventType: '={{ $json.type }}', usersFrom: 'id' }, 'userIds', 'string'],
	])('shows one way of choosing users at a time: %j', (parameters, name, type) => {
		expect(
			shown(parameters)
				.filter(({ displayName }) => displayName === 'Assign to Users')
				.map((property) => [property.name, property.type]),
		).toEqual([[name, type]]);
	});

	it('gives no name to two controls: the editor would go on with the first one, without its list', () => {
		const types = new Map<string, Set<string>>();
		for (const { name, type, displayOptions } of description.properties) {
			const { resource, operation } = displayOptions?.show ?? {};
			const place = JSON.stringify([name, resource, operation]);
			types.set(place, (types.get(place) ?? new Set()).add(type));
		}
		for (const [place, found] of types) expect([place, [...found]]).toEqual([place, [expect.anything()]]);
	});

	it('warns that a bulk assignment reassigns all, and only then', () => {
		expect(namesOf({ ...CREATE, applyActionInBulk: false })).not.toContain('bulkNotice');
		const notice = shown({ ...CREATE, applyActionInBulk: true }).find(
			({ name }) => name === 'bulkNotice',
		);
		expect(notice?.type).toBe('notice');
		expect(notice?.displayName).toContain('<b>every</b> prospect with the same phone number');
	});

	it('tells what turns are kept for, and only where users take turns', () => {
		expect(namesOf({ ...CREATE })).not.toContain('turnNotice');
		expect(namesOf({ ...CREATE, assignment: 'nextInTurn' })).toContain('turnNotice');
	});

	it('shows type and context for another type, and nothing of an assignment', () => {
		const names = namesOf({ ...CREATE, eventType: 'other', applyActionInBulk: true });
		expect(names).toEqual(expect.arrayContaining(['customEventType', 'context']));
		for (const name of [
			'usersFrom',
			'assignedToUserIds',
			'userIds',
			'assignment',
			'applyActionInBulk',
			'bulkNotice',
		]) {
			expect(names).not.toContain(name);
		}
	});

	it.each([
		[{ assignedToUserIds: [] }, ['Parameter "Assign to Users" is required.']],
		[{ usersFrom: 'id', userIds: '' }, ['Parameter "Assign to Users" is required.']],
		[{ usersFrom: 'id', userIds: USER }, []],
		[{ assignedToUserIds: [USER] }, []],
		[{ assignedToUserIds: `=${USER}` }, []],
		[{ eventType: '={{ $json.type }}', assignedToUserIds: '' }, []],
		[{ eventType: 'other', customEventType: '' }, ['Parameter "Custom Event Type" is required.']],
	])('marks what is missing: %j', (parameters, expected) => {
		expect(issues({ ...CREATE, prospectId, ...parameters })).toEqual(expected);
	});

	it('says by the users that the API has no list of them', () => {
		const properties = description.properties.filter(
			({ displayName }) => displayName === 'Assign to Users',
		);
		expect(properties).not.toEqual([]);
		for (const { hint } of properties) expect(hint).toContain('RentEngine has no list of its users.');
	});
});

describe('The editor of Get Many', () => {
	it.each([['leasingEvent'], ['prospect'], ['unit']])(
		'offers Return All, Limit and Output of %s',
		(resource) => {
			const get = { resource, operation: 'getAll' };
			expect(namesOf(get)).toEqual(expect.arrayContaining(['returnAll', 'limit', 'output', 'filters']));
			expect(namesOf({ ...get, returnAll: true })).not.toContain('limit');
		},
	);

	it('offers all 45 types of the API, in order of the alphabet, each told to be filtered after reading', () => {
		const filters = shown({ resource: 'leasingEvent', operation: 'getAll' }).find(
			({ name }) => name === 'filters',
		);
		const types = filters?.options?.find(({ name }) => name === 'eventTypes');
		const offered = types && 'options' in types ? (types.options ?? []).map(({ name }) => name) : [];
		expect(offered).toHaveLength(45);
		expect(new Set(offered)).toEqual(new Set(EVENT_TYPES));
		expect(offered).toEqual([...offered].sort((a, b) => a.localeCompare(b)));
		for (const field of filters?.options ?? []) {
			expect('hint' in field ? field.hint : '').toContain('this node then leaves out the others');
		}
	});
});

it('has every list that its properties name', () => {
	const text = JSON.stringify(description.properties);
	const named = (key: string) =>
		new Set([...text.matchAll(new RegExp(`"${key}":"(\\w+)"`, 'g'))].map(([, name]) => name));
	expect(named('searchListMethod')).toEqual(new Set(Object.keys(methods.listSearch)));
	expect(named('loadOptionsMethod')).toEqual(new Set(Object.keys(methods.loadOptions)));
});

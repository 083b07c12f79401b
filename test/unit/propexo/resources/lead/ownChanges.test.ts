import type { IDataObject } from 'n8n-workflow';

import { noteSuccessor } from '../../../../../nodes/Propexo/jobs/successors';
import {
	asChanged,
	settleAll,
	isChangeOf,
	mayDiffer,
	noteChange,
} from '../../../../../nodes/Propexo/leads/ownChanges';

let leads = 0;
const newLead = (values: IDataObject = {}): IDataObject => ({
	...{ id: `lead_${++leads}`, created_at: '2026-01-01T00:00:00Z' },
	...values,
});
const ACCOUNT = 'account';

/** Notes a change that Propexo has taken, or one in doubt. */
function change(lead: IDataObject, values: IDataObject, jobId?: string) {
	const note = noteChange(ACCOUNT, lead, values);
	if (jobId !== undefined) note.taken(jobId);
	return note;
}

describe('A change of a lead', () => {
	it('that the PMS has refused holds nothing back, and is still known as the change of its job', async () => {
		const lead = newLead({ lead_source_id: null });
		change(lead, { lead_source_id: 'one' }, 'job_1');
		const get = async () => await Promise.resolve({ write_status: 'FAILURE' });
		await settleAll({ account: ACCOUNT, get }, lead);
		change(lead, { notes: 'x' }, 'job_2');
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ lead_source_id: null, notes: 'x' });
		const row = { lead_id: lead.id, job_id: 'job_1' } as IDataObject;
		expect(isChangeOf('lead_source_id', ACCOUNT, row)).toBe(true);
	});

	it('that the PMS has refused counts again once its job is retried, until that is refused too', async () => {
		const lead = newLead({ notes: 'old' });
		change(lead, { notes: 'new' }, 'job_retried');
		const get = async () => await Promise.resolve({ write_status: 'FAILURE' });
		await settleAll({ account: ACCOUNT, get }, lead);
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ notes: 'old' });
		noteSuccessor(ACCOUNT, 'job_retried', 'retry').taken('job_of_retry');
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ notes: 'new' });
		await settleAll({ account: ACCOUNT, get }, lead);
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ notes: 'old' });
	});

	it('counts however many come after it, and what Propexo has refused takes no room', async () => {
		const lead = newLead({ phone_1: '3035550000', notes: 'old' });
		change(lead, { phone_1: '3035551111', notes: 'first' }, 'job_0');
		for (let number = 1; number <= 50; number++) {
			change(lead, { notes: `${number}` }, `job_${number}`);
			change(lead, { notes: 'refused' }).takeBack();
		}
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ phone_1: '3035551111', notes: '50' });
		const get = async () => await Promise.resolve({ write_status: 'SUCCESS' });
		const said = { phone_1: '3035550000', notes: '50' };
		expect([...(await mayDiffer({ account: ACCOUNT, get }, lead, said))]).toEqual(['phone_1']);
	});

	it('keeps its job when others push it together with an older one while it is under way', () => {
		const lead = newLead({ notes: 'old' });
		change(lead, { city: 'Denver' }, 'job_0');
		const early = change(lead, { notes: 'new' });
		for (let number = 1; number <= 19; number++) change(lead, { zip: `${number}` }, `job_${number}`);
		early.taken('early');
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ city: 'Denver', notes: 'new', zip: '19' });
	});

	it('in doubt makes only that doubtful which it makes different', () => {
		const lead = newLead({ first_name: 'M.', notes: 'old' });
		change(lead, { first_name: 'Maria Elena', notes: 'one' }, 'job_1');
		change(lead, { first_name: 'Maria Elena', notes: 'two' });
		expect(asChanged(ACCOUNT, lead)).toMatchObject({ first_name: 'Maria Elena', notes: 'old' });
	});
});

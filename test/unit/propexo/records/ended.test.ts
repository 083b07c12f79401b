import { isEnded } from '../../../../nodes/Propexo/records/ended.ts';

describe('Newest Active', () => {
	it.each([
		...[
			'LOST',
			'Lost - price',
			'Closed-Lost',
			'inactive',
			' Dead Lead ',
			'Archive',
			'Archived',
			'Deleted',
			'Spam',
			'Junk Lead',
			'Merged',
			'Deceased',
		],
		...[
			'LEASE_SIGNED',
			'Lease Signed',
			'LeaseSigned',
			'Signed Lease',
			'Leased',
			'Leased elsewhere',
			'Rented elsewhere',
		],
		...[
			'MOVED_IN',
			'Moved-In',
			'MovedIn',
			'moved out',
			'Current Resident',
			'Resident',
			'Renter',
			'Former tenant',
		],
		...[
			'NOT_INTERESTED',
			'No longer looking',
			'DID_NOT_LEASE',
			"Didn't rent",
			'Not a Prospect',
			'Do Not Contact',
		],
		...[
			'Application Denied',
			'Application Cancelled',
			'Canceled',
			'Applicant (declined)',
			'Withdrawn',
			'Not qualified',
		],
		...[
			'Disqualified - Income',
			'Ineligible',
			'Duplicate lead',
			'Past',
			'Past Resident',
			'Guest Card Closed',
		],
		...['InActive', 'In-Active', 'Non-Active'],
	])('passes over a lead who is %s', (status) => {
		expect(isEnded(status)).toBe(true);
	});

	it.each([
		...['ACTIVE', 'COLD', 'WAITLISTED', 'FUTURE', 'New', 'Open', '', null, undefined, 7],
		...[
			'Applied',
			'Application Approved',
			'Application Pending',
			'APPROVED',
			'PENDING',
			'OTHER',
			'Lease Pending',
		],
		...[
			'Lease Approved',
			'Lease Out for Signing',
			'Lease Not Signed',
			'Move-In Scheduled',
			'Not Moved In Yet',
		],
		...[
			'Not yet contacted',
			'Notice',
			'On Notice',
			'Current',
			'Pre-leased',
			'PRE_LEASED',
			'Not yet denied',
			'Never leased',
		],
		...['Tenant Screening', 'Renter Inquiry', 'Resident Transfer', "Renter's insurance needed"],
		...['Prospective Resident', 'Resident Referral', 'Referred by resident', 'Renters insurance pending'],
		...[
			'Tour Cancelled',
			'Appointment was declined',
			'Canceled tour',
			'Guarantor Denied',
			'CO_APPLICANT_DENIED',
		],
		...[
			'Possible Duplicate',
			'Follow-up past due',
			'Past due',
			'Deadline set',
			'Unit released',
			'Reactivated',
		],
	])('may take a lead who is %p', (status) => {
		expect(isEnded(status)).toBe(false);
	});
});

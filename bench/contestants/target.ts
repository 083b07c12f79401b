/** Where the requests go. */
export interface Target {
	url: string;
	token: string;
}

/** How many requests a contestant has in flight: as many as this package's node at most. */
export const IN_FLIGHT = 10;

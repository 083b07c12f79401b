/** What is known of an item's requests: how many were made, and when the last one went out and was answered, epoch ms. */
export interface Trail {
	attempts: number;
	sentAt?: number;
	answeredAt?: number;
}

/**
 * RentEngine's public API. Source: public clients, which agree on it; RentEngine's own pages name no host.
 * Read by the credential and by the requests, so that a token is tested where it is used.
 */
export const RENTENGINE_BASE_URL = 'https://app.rentengine.io/api/public/v1';

/**
 * Propexo's two hosts. Source: the servers of Propexo's OpenAPI file.
 * Read by the credential and by the requests, so that a token is tested where it is used.
 */
export const PROPEXO_HOSTS = {
	production: 'https://api.propexo.com',
	sandbox: 'https://api.sandbox.propexo.com',
} as const;

/** How n8n-core is set up; to be imported before it. Its folder and its log: test/support/jest/userFolder.cjs. */
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';

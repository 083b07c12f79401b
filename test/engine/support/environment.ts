/** How n8n-core is set up; to be imported before it. The folder for its settings: test/support/jest/userFolder.cjs. */
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';

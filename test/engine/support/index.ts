/** Runs node and credential classes in the real n8n-core, without n8n's server and database. */
export { createEngine } from './engine.ts';
export type { Engine, EngineOptions, RunOptions, RunResult } from './engine.ts';
export { createEditor } from './editor.ts';
export type { Editor } from './editor.ts';
export { testCredential } from './credential-test.ts';
export type { CredentialTestResult } from './credential-test.ts';
export type { CredentialSet } from './credentials.ts';
export { DuplicateRow, ProcessedDataStore } from './processed-data.ts';

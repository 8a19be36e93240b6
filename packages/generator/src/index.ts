/** Generates a realistic operation from a seed, for the demo, the benchmarks and tests. No I/O. */
export { campaignNames } from './campaigns.js';
export { BATCH_ATTEMPTS, generate } from './generate.js';
export type { GenerateOptions } from './options.js';
export { type Oracle, oracleOf } from './oracle.js';
export type { TelephoneState } from './telephones.js';

/** Generates a realistic operation from a seed, for the demo, the benchmarks and tests. No I/O. */
export { campaignNames } from './campaigns.js';
export type { FaultKind } from './faults.js';
export { BATCH_ATTEMPTS, generate } from './generate.js';
export { NUMBERING } from './numbers.js';
export type { GenerateOptions } from './options.js';
export { type AttemptTruth, type LineTruth, type Oracle, oracleOf } from './oracle.js';
export type { TelephoneState } from './telephones.js';
export type { Traits } from './traits.js';
export type { World } from './world.js';
export { type NamedWorld, WORLDS, type WorldName } from './worlds.js';

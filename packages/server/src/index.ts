/** The parts of the service that the command, the benchmarks and the tests use. */
export { type Config, ConfigError, type ConfigInput, loadConfig } from './config.js';
export { FollowedRecords } from './imports/running/followed-records.js';
export { type Service, type StartOptions, startService } from './main.js';
export { StartError } from './start-error.js';
export { instantOf, parseVendorDate } from './time/wall-clock.js';

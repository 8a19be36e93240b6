import { nodePlatform } from './node/platform.js';
import type { ReportsManagerOptions } from './options.js';
import { ReportsClient } from './reports-manager.js';

export * from './exports.js';

/** A client of a Reports Manager API for Node. Programs of one user on this machine share slots and the day's budget. */
export class ReportsManager extends ReportsClient {
  /** @throws RequestError when an option does not have its form */
  constructor(options: ReportsManagerOptions) {
    super(options, nodePlatform(options.stateDirectory));
  }
}

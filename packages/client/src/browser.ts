import { browserPlatform } from './browser/platform.js';
import type { ReportsManagerOptions } from './options.js';
import { ReportsClient } from './reports-manager.js';

export * from './exports.js';

/** A Reports Manager API, asked from a browser: pages of one origin share slots. Nothing of Node is loaded. */
export class ReportsManager extends ReportsClient {
  /** @throws RequestError when an option does not have its form */
  constructor(options: ReportsManagerOptions) {
    super(options, browserPlatform());
  }
}

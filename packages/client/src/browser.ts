import { browserPlatform } from './browser/platform.js';
import type { ReportsManagerOptions } from './options.js';
import { ReportsClient } from './reports-manager.js';

export * from './exports.js';

/** A client of a Reports Manager API for browsers. Pages of one origin share slots. It loads nothing of Node. */
export class ReportsManager extends ReportsClient {
  /** @throws RequestError when an option does not have its form */
  constructor(options: ReportsManagerOptions) {
    super(options, browserPlatform());
  }
}

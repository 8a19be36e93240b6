import { TEST_ENGINE } from './servers/test-stores.js';

interface Cases {
  /** Over stores in the process. */
  readonly embedded: number;
  /** Over servers: the same SQL in the same engine, so what can be wrong is the way there. */
  readonly server: number;
  /** With RECUENTO_FUZZ=full, over either. */
  readonly full: number;
}

/** How many cases a generated test tries. */
export function casesOf(cases: Cases): number {
  return process.env.RECUENTO_FUZZ === 'full' ? cases.full : cases[TEST_ENGINE];
}

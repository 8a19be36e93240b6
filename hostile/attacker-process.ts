import { STALLS } from './stalls/all.js';
import type { Victim } from './stalls/stall.js';

/** The process behind attacker.ts: each message is what to begin, by name; what was begun before is ended. */
export interface Order {
  readonly victim: Victim;
  readonly names: readonly string[];
}

let ends: readonly (() => void)[] = [];

process.on('message', ({ victim, names }: Order) => {
  for (const end of ends) end();
  ends = STALLS.filter(({ name }) => names.includes(name)).map((stall) => stall.begin(victim));
  process.send?.('begun');
});
process.on('disconnect', () => process.exit(0)); // whoever started it is gone

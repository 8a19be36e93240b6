import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Order } from './attacker-process.js';
import type { Victim } from './stalls/stall.js';

/** Stalls a service from a process of its own, so that the work of it does not make the measured calls late. */
export class Attacker {
  readonly #child: ChildProcess = fork(new URL('./attacker-process.ts', import.meta.url));

  /** Ends what it does, and does these instead; none is peace. */
  async turnTo(victim: Victim, names: readonly string[]): Promise<void> {
    this.#child.send({ victim, names } satisfies Order);
    await once(this.#child, 'message');
  }

  /** It ends when nobody listens to it any more. */
  stop(): void {
    this.#child.disconnect();
  }
}

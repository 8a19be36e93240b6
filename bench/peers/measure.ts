import { type Summary, summarize } from '../stats.js';
import type { Peer } from './peer.js';

/** A question that takes a peer longer than this is asked few times: its time varies little, and the others wait. */
const LONG_MS = 10_000;
const LONG_RUNS = 2;
/** Before each measurement, so that what the one before left to do is not on the next one's account. */
const PAUSE_MS = 50;

/**
 * Asks peer by peer in turns, so that whatever else the machine does falls on all.
 *
 * @param work of one peer in one run; milliseconds, or undefined when there is nothing to measure
 */
export async function inTurns(
  peers: readonly Peer[],
  runs: number,
  work: (peer: Peer, run: number) => Promise<number> | undefined,
): Promise<ReadonlyMap<Peer, Summary>> {
  const times = new Map<Peer, number[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const peer of peers) {
      const of_peer = times.get(peer) ?? [];
      if (of_peer.length >= LONG_RUNS && Math.min(...of_peer) > LONG_MS) continue;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const ms = await work(peer, run);
      if (ms === undefined) continue;
      if (!Number.isFinite(ms)) throw new Error(`${peer.name} told no time`);
      times.set(peer, [...of_peer, ms]);
    }
  }
  return new Map([...times].map(([peer, of_peer]) => [peer, summarize(of_peer)]));
}

import type { Reply } from './exchange.js';

/** What came of some clients that asked for some time. */
export interface Load {
  readonly replies: readonly Reply[];
  /** Until the last reply of all was there, so that what was under way at the end is not made nothing of. */
  readonly per_second: number;
}

/** Each client asks, and asks again when its reply is there, for so long. */
export async function load(
  clients: number,
  seconds: number,
  ask: (client: number) => Promise<Reply>,
): Promise<Load> {
  const replies: Reply[] = [];
  const started_ms = performance.now();
  const end_ms = started_ms + seconds * 1_000;
  const one = async (client: number) => {
    do replies.push(await ask(client));
    while (performance.now() < end_ms);
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => one(client)));
  return { replies, per_second: (replies.length / (performance.now() - started_ms)) * 1_000 };
}

/** @throws Error when the reply's status is another, since then its time says nothing */
export function expected(reply: Reply, ...statuses: readonly number[]): Reply {
  if (!statuses.includes(reply.status)) throw new Error(`status ${reply.status}: ${reply.head}`);
  return reply;
}

import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { exchange } from '../exchange.js';
import { expected } from '../load.js';

const ATTEMPTS = 100;
const EVERY_MS = 100;

/** What dials now: a thousand attempts a second, in ten uploads, for as long as `work` runs. */
export async function whileDialed<T>(
  url: string,
  token: string,
  work: () => Promise<T>,
): Promise<{ result: T; per_second: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let ended = false;
  let uploads = 0;
  const started_ms = performance.now();
  const write = async () => {
    while (!ended) {
      expected(await exchange(agent, { url: `${url}/v1/attempts`, token, ...dialedNow() }), 201);
      uploads += 1;
      const due_ms = started_ms + uploads * EVERY_MS;
      await wait(Math.max(0, due_ms - performance.now()));
    }
    return uploads / (performance.now() - started_ms);
  };
  const writing = write();
  try {
    const result = await Promise.race([work(), failureOf(writing)]);
    ended = true;
    return { result, per_second: (await writing) * 1_000 * ATTEMPTS };
  } finally {
    ended = true;
    await writing.catch(() => undefined);
    agent.destroy();
  }
}

/** Never resolves: what is written ends when the work does. */
function failureOf(writing: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    writing.catch(reject);
  });
}

function dialedNow(): { body: Buffer; type: string } {
  const dialed_at = new Date().toISOString();
  const attempts = Array.from({ length: ATTEMPTS }, (_, at) => ({
    attempt_id: randomUUID(),
    campaign_id: 1_001,
    telephone: `5730${Math.floor(Math.random() * 1e8)}`,
    dialed_at,
    result: at % 2 === 0 ? 'no_answer' : 'busy',
  }));
  return { body: Buffer.from(JSON.stringify(attempts)), type: 'application/json' };
}

import type { Attempt } from '@recuento/contract';
import { generate } from '@recuento/generator';

const UNTIL_S = Date.UTC(2025, 10, 1, 5) / 1_000;

/** Uploads of `size` generated attempts each, as many as are asked for; another seed, other attempts. */
export function* uploadsOf(seed: number, size: number, most: number): Generator<Attempt[]> {
  const options = { seed, attempts: size * most, until_s: UNTIL_S, days: 31, campaigns: 4 };
  let waiting: Attempt[] = [];
  for (const batch of generate(options)) {
    waiting = waiting.concat(batch);
    let at = 0;
    for (; at + size <= waiting.length; at += size) yield waiting.slice(at, at + size);
    waiting = waiting.slice(at);
  }
}

export type BodyKind = 'JSON' | 'NDJSON';

/** The body of `POST /v1/attempts`, with its media type. */
export function bodyOf(attempts: readonly Attempt[], kind: BodyKind): { body: Buffer; type: string } {
  const records = attempts.map(({ dialed_at, ...attempt }) =>
    JSON.stringify({ ...attempt, dialed_at: new Date(dialed_at * 1_000).toISOString() }),
  );
  return kind === 'JSON'
    ? { body: Buffer.from(`[${records.join(',')}]`), type: 'application/json' }
    : { body: Buffer.from(records.join('\n')), type: 'application/x-ndjson' };
}

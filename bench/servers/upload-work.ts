import { bodyOf, uploadsOf } from '../upload-bodies.js';

/** Uploads of one size, one after another. */
export interface Work {
  readonly title: string;
  /** Attempts of each. */
  readonly size: number;
  readonly uploads: readonly Upload[];
  /** How many attempts are there after all of them: some are told twice, as dialers do. */
  readonly stored: number;
}

type Upload = ReturnType<typeof bodyOf>;

/** Sends one upload, and resolves when it is answered. */
export type Send = (upload: Upload) => Promise<unknown>;

/** Attempts per second of each work. */
export type Rates = ReadonlyMap<Work, number>;

/** @param seed another one, other attempts */
export function workOf(size: number, count: number, seed: number): Work {
  const batches = [...uploadsOf(seed, size, count)].slice(0, count);
  return {
    title: `uploads of ${size.toLocaleString('en')} in a row`,
    size,
    uploads: batches.map((some) => bodyOf(some, 'JSON')),
    stored: new Set(batches.flat().map(({ attempt_id }) => attempt_id)).size,
  };
}

export async function sendAll({ uploads }: Work, send: Send): Promise<void> {
  for (const upload of uploads) await send(upload);
}

/** Does one work after another. */
export async function ratesOfAll(
  works: readonly Work[],
  doing: (work: Work) => Promise<void>,
): Promise<Rates> {
  const rates = new Map<Work, number>();
  for (const work of works) {
    const started_ms = performance.now();
    await doing(work);
    const attempts = work.size * work.uploads.length;
    rates.set(work, (attempts / (performance.now() - started_ms)) * 1_000);
  }
  return rates;
}

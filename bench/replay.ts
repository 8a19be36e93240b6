import type { Service } from '@recuento/server';

type Engine = Service['services']['engine'];
type ReadRequest = Parameters<Engine['read']>[0];

/** Whose statement it is when the service looks whether its engine answers. */
const LOOK = 'probe';

/** What the service asked its engine while some work was done, and how long the engine took. */
export interface Watched<T> {
  readonly result: T;
  readonly requests: readonly ReadRequest[];
  readonly engine_ms: number;
}

/**
 * Does `work` and watches the engine's reads: the very statements, values and settings, so that running them bare
 * compares with nothing else.
 */
export async function watchReads<T>(engine: Engine, work: () => Promise<T>): Promise<Watched<T>> {
  const requests: ReadRequest[] = [];
  let engine_ms = 0;
  const read = engine.read;
  engine.read = async (request) => {
    if (request.fair_key === LOOK) return read.call(engine, request);
    const { signal: _, ...rest } = request; // the call's own wish to stop ends with the call
    requests.push(rest);
    const started_ms = performance.now();
    try {
      return await read.call(engine, request);
    } finally {
      engine_ms += performance.now() - started_ms;
    }
  };
  try {
    const result = await work();
    return { result, requests, engine_ms };
  } finally {
    engine.read = read;
  }
}

/** Runs the statements one after another, and tells the time and the bytes that came. */
export async function replay(
  engine: Engine,
  requests: readonly ReadRequest[],
): Promise<{ ms: number; bytes: number }> {
  const started_ms = performance.now();
  let bytes = 0;
  for (const request of requests) bytes += (await engine.read(request)).length;
  return { ms: performance.now() - started_ms, bytes };
}

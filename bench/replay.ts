import type { Service } from '@recuento/server';

type Engine = Service['services']['engine'];
type ReadRequest = Parameters<Engine['read']>[0];

/**
 * What `work` makes the service ask its engine: the very statements, values and settings, so that running them bare
 * compares with nothing else.
 */
export async function recordReads(engine: Engine, work: () => Promise<unknown>): Promise<ReadRequest[]> {
  const recorded: ReadRequest[] = [];
  const read = engine.read;
  engine.read = (request) => {
    const { signal: _, ...rest } = request; // the call's own wish to stop ends with the call
    recorded.push(rest);
    return read.call(engine, request);
  };
  try {
    await work();
  } finally {
    engine.read = read;
  }
  return recorded;
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

import { Agent } from 'node:http';
import { join } from 'node:path';
import { exchange } from '../exchange.js';
import { expected } from '../load.js';
import { ServedProcess } from '../served.js';
import type { BareClickHouse } from './bare-clickhouse.js';
import type { Closing } from './closing.js';
import type { ServerPair } from './pair.js';
import type { Send } from './upload-work.js';

/** Where services are started that have nothing yet. */
export interface Place {
  readonly pair: ServerPair;
  readonly bare: BareClickHouse;
  /** An empty directory. */
  readonly data: string;
  readonly closing: Closing;
}

/** A directory for the embedded stores, or where else they are. */
interface Start {
  readonly directory?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts a service over empty stores for some work, and ends it. */
export async function withFreshService<T>(
  { data, closing }: Place,
  { directory = join(data, 'nowhere'), environment = {} }: Start,
  work: (send: Send) => Promise<T>,
): Promise<T> {
  const service = await ServedProcess.start(directory, environment);
  closing.add(() => service.stop()); // where the run is ended in the middle
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const token = await service.operation('0042');
    const url = `${service.url}/v1/attempts`;
    return await work(async (upload) => expected(await exchange(agent, { url, token, ...upload }), 201));
  } finally {
    agent.destroy();
    await service.stop();
  }
}

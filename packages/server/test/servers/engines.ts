import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { EmbeddedEngine, type EmbeddedOptions } from '../../src/attempts/engine/embedded.js';
import type { Engine, InsertRowsRequest, RowInserts } from '../../src/attempts/engine/engine.js';
import type { PoolOptions } from '../../src/attempts/engine/pooled-engine.js';
import { ServerEngine } from '../../src/attempts/engine/server.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';

const KINDS = ['embedded', 'server'] as const;

/** Either engine, with what the tests of both need. */
export type TestEngine = Engine & RowInserts;

export interface Engines {
  readonly kind: (typeof KINDS)[number];
  /**
   * An engine with a store of its own: of the embedded one the file's, as a process has one; else an empty one. To be closed by
   * whoever opened it.
   */
  readonly open: (options?: Partial<PoolOptions>) => Promise<TestEngine>;
}

export interface Servers extends Engines {
  /** The server. Whoever ends it starts it again. */
  readonly server: () => ClickHouse;
}

const OPTIONS: PoolOptions = {
  read_sessions: 4,
  write_sessions: 1,
  waiting_reads: 100,
  read_memory_bytes: 1024 ** 3,
};

/** Has what the port promises tested on the engines that `RECUENTO_TEST_ENGINE` names: `embedded`, `server` or `both`. */
export function describeEngines(tests: (engines: Engines) => void): void {
  if (isTested('embedded')) describe('embedded', () => testEmbedded(tests));
  if (isTested('server')) describe('server', () => testServer(tests));
}

/** Has what a server alone can do tested, where `RECUENTO_TEST_ENGINE` names it. */
export function describeServer(tests: (servers: Servers) => void): void {
  describe.runIf(isTested('server'))('server', () => testServer(tests));
}

function isTested(kind: Engines['kind']): boolean {
  const { RECUENTO_TEST_ENGINE: named = 'embedded' } = process.env;
  if (![...KINDS, 'both'].includes(named)) {
    throw new Error(`RECUENTO_TEST_ENGINE is ${named}, and not ${KINDS.join(', ')} or both`);
  }
  return named === kind || named === 'both';
}

function testEmbedded(tests: (engines: Engines) => void): void {
  let path = '';
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'recuento-engine-'));
  });
  afterAll(() => rm(path, { recursive: true, force: true }));
  const open = async (options: Partial<PoolOptions> = {}) =>
    new EmbeddedFromMemory({ ...OPTIONS, ...options, path: join(path, 'store') }, path);
  tests({ kind: 'embedded', open });
}

function testServer(tests: (servers: Servers) => void): void {
  let running: ClickHouse | undefined;
  const server = () => {
    if (!running) throw new Error('the server runs while tests do');
    return running;
  };
  beforeAll(async () => {
    running = await startClickHouse();
  });
  afterAll(() => running?.stop());
  const open = (options: Partial<PoolOptions> = {}) =>
    ServerEngine.open({
      ...OPTIONS,
      ...options,
      url: `${server().administrator_url}/test_${randomUUID().slice(0, 8)}`,
    });
  tests({ kind: 'server', open, server });
}

/** The embedded engine reads rows from a file. */
class EmbeddedFromMemory extends EmbeddedEngine implements RowInserts {
  readonly #directory: string;
  #files = 0;

  constructor(options: EmbeddedOptions, directory: string) {
    super(options);
    this.#directory = directory;
  }

  async insertRows({ rows, ...request }: InsertRowsRequest): Promise<void> {
    this.#files += 1;
    const file = join(this.#directory, `${this.#files}.rows`);
    await writeFile(file, rows);
    await this.insertFile({ ...request, file });
    await rm(file);
  }
}

import type { Readable } from 'node:stream';
import type { ImportJob, Imports, NewImport } from '../accounts/imports.js';
import type { Operation } from '../accounts/operations.js';
import type { Engine } from '../attempts/engine/engine.js';
import { existingAttempts } from '../attempts/existing.js';
import type { Uploads } from '../ingest/uploads.js';
import type { ImportFormat } from './formats/format.js';
import { ImportRun, ImportStopped } from './job.js';
import type { AttemptSink } from './join.js';
import type { Trunks } from './trunks.js';

export interface ImportRequest {
  readonly operation: Operation;
  readonly format: ImportFormat;
  readonly campaign_id: number;
  /** IANA name; the operation's own zone when absent. */
  readonly time_zone?: string;
  readonly body: Readable;
  readonly gzip: boolean;
}

/** Runs imports, and knows which are under way. */
export class ImportRunner {
  readonly #imports: Imports;
  readonly #uploads: Uploads;
  readonly #engine: Engine;
  readonly #trunks: Trunks;
  readonly #bodies = new Set<Readable>();
  readonly #running = new Set<Promise<unknown>>();
  /** The last piece of work on each campaign that had to be alone. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(imports: Imports, uploads: Uploads, engine: Engine, trunks: Trunks) {
    this.#imports = imports;
    this.#uploads = uploads;
    this.#engine = engine;
    this.#trunks = trunks;
  }

  /** Resolves with the finished job when everything is durable. @throws ImportStopped */
  async run(request: ImportRequest): Promise<ImportJob> {
    const { operation, format, campaign_id, body, gzip } = request;
    const time_zone = request.time_zone ?? operation.time_zone;
    const input: NewImport = {
      format: format.name,
      campaign_id,
      time_zone,
      time_zone_from: request.time_zone === undefined ? 'operation' : 'parameter',
    };
    const job = await this.#imports.create(operation.id, input);
    const readLine = format.open({ time_zone, trunks: this.#trunks });
    const work = { operation, job, body, gzip, readLine };
    const run = new ImportRun(work, this.#imports, this.#sink(operation, campaign_id)).run();
    this.#bodies.add(body);
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#bodies.delete(body);
      this.#running.delete(run);
    }
  }

  /** Breaks off what is under way: a file may take hours, and running it again completes it. */
  interrupt(): void {
    for (const body of this.#bodies) {
      body.destroy(new ImportStopped('stopping', 'the service was stopped', undefined));
    }
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  #sink(operation: Operation, campaign_id: number): AttemptSink {
    const turn = `${operation.id}/${campaign_id}`;
    return {
      existing: (identities) => existingAttempts(this.#engine, operation.id, campaign_id, identities),
      store: (attempts) => this.#uploads.accept(operation, attempts),
      alone: (work) => this.#alone(turn, work),
    };
  }

  async #alone<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#turns.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(key) === mine) this.#turns.delete(key);
    }
  }
}

import type { Readable } from 'node:stream';
import { type Encoding, RecuentoError } from '@recuento/contract';
import type { ImportJob, Imports, NewImport } from '../accounts/imports.js';
import type { Operation } from '../accounts/operations.js';
import type { Engine } from '../attempts/engine/engine.js';
import { existingAttempts } from '../attempts/existing.js';
import type { GiveTurn } from '../attempts/turns.js';
import type { Uploads } from '../ingest/uploads.js';
import { CallTimes } from './call-times.js';
import type { ColumnMap } from './column-map.js';
import { detect } from './detect.js';
import { type DateOrder, type ImportFormat, type PhoneCode, WrongFile } from './formats/format.js';
import { type Destination, Intake } from './intake.js';
import { asStopped, ImportRun, ImportStopped } from './job.js';
import type { AttemptSink } from './join.js';
import type { Leg } from './leg.js';
import { SeenCampaigns } from './seen-campaigns.js';
import { type Source, sourceOf } from './source.js';
import { Tally } from './tally.js';
import type { Trunks } from './trunks.js';

export interface ImportRequest {
  readonly operation: Operation;
  /** `auto`: what the beginning of the file shows. */
  readonly format: ImportFormat | 'auto';
  /** Absent where the format's records name theirs. */
  readonly campaign_id: number | undefined;
  /** IANA name; the operation's own zone when absent. */
  readonly time_zone?: string;
  readonly encoding: Encoding;
  readonly date_order: DateOrder | undefined;
  readonly phone_code: PhoneCode | undefined;
  readonly map: ColumnMap | undefined;
  readonly body: Readable;
  readonly gzip: boolean;
}

/** Runs imports, and knows which are under way. */
export class ImportRunner {
  readonly #imports: Imports;
  readonly #uploads: Uploads;
  readonly #engine: Engine;
  readonly #trunks: Trunks;
  readonly #turnsOf: (operation: Operation) => GiveTurn;
  readonly #call_times: CallTimes;
  readonly #seen: SeenCampaigns;
  /** What waits to be written of each campaign's calls, as they end. */
  readonly #feeds = new Map<string, { readonly legs: Leg[]; readonly stored: Promise<void> }>();
  readonly #bodies = new Set<Readable>();
  readonly #running = new Set<Promise<unknown>>();
  /** The last piece of work on each campaign that had to be alone. */
  readonly #turns = new Map<string, Promise<unknown>>();

  /** @param turnsOf gives the turns of something that is read for an operation as it comes */
  constructor(
    imports: Imports,
    uploads: Uploads,
    engine: Engine,
    trunks: Trunks,
    turnsOf: (operation: Operation) => GiveTurn,
  ) {
    this.#imports = imports;
    this.#uploads = uploads;
    this.#engine = engine;
    this.#trunks = trunks;
    this.#turnsOf = turnsOf;
    this.#call_times = new CallTimes(engine);
    this.#seen = new SeenCampaigns(engine);
    uploads.watch((operation_id, rows) => this.#seen.note(operation_id, rows));
  }

  /**
   * Resolves with the finished job when everything is durable. A file whose format is not recognised leaves no job.
   *
   * @throws ImportStopped
   * @throws RecuentoError missing-parameters when the format that was detected needs a campaign
   */
  async run(request: ImportRequest): Promise<ImportJob> {
    this.#bodies.add(request.body);
    try {
      const give_turn = this.#turnsOf(request.operation);
      return await this.#run(request, await fileOf(request, give_turn), give_turn);
    } finally {
      this.#bodies.delete(request.body);
      if (this.#bodies.size === 0) this.#seen.forget();
    }
  }

  async #run(
    request: ImportRequest,
    { format, format_reason, source }: ImportFile,
    give_turn: GiveTurn,
  ): Promise<ImportJob> {
    const { operation, campaign_id, encoding, date_order, phone_code, map } = request;
    const time_zone = request.time_zone ?? operation.time_zone;
    const input: NewImport = {
      format: format.name,
      format_reason,
      campaign_id: campaign_id ?? null,
      time_zone,
      time_zone_from: request.time_zone === undefined ? 'operation' : 'parameter',
    };
    const job = await this.#imports.create(operation.id, input);
    const readLine = format.open({
      time_zone,
      campaign_id,
      trunks: this.#trunks,
      ...(date_order && { date_order }),
      ...(phone_code && { phone_code }),
      ...(map && { map }),
    });
    const work = { operation, job, source, encoding, cut: format.cut, readLine };
    const tally = new Tally();
    const intake = this.#intake(operation, campaign_id, tally, give_turn);
    const run = new ImportRun(work, this.#imports, intake, tally, give_turn).run();
    this.#running.add(run);
    try {
      return await run;
    } finally {
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

  /**
   * Takes in what a dialer tells of a call as it ends. Resolves when it is durable: what comes while the campaign's
   * last ones are being written is written together.
   *
   * @throws what the store throws
   */
  feed(operation: Operation, campaign_id: number, leg: Leg): Promise<void> {
    const key = `${operation.id}/${campaign_id}`;
    let batch = this.#feeds.get(key);
    if (batch === undefined) {
      const legs: Leg[] = [];
      const stored = this.#alone(`feed ${key}`, async () => {
        this.#feeds.delete(key);
        const intake = this.#intake(operation, campaign_id, new Tally(), this.#turnsOf(operation));
        for (const each of legs) intake.add(each);
        await intake.finish();
      });
      batch = { legs, stored };
      this.#feeds.set(key, batch);
      this.#running.add(stored);
      const ended = () => this.#running.delete(stored);
      stored.then(ended, ended);
    }
    batch.legs.push(leg);
    return batch.stored;
  }

  #intake(operation: Operation, campaign_id: number | undefined, tally: Tally, give_turn: GiveTurn): Intake {
    const destination: Destination = {
      sinkOf: (campaign) => this.#sink(operation, campaign, give_turn),
      settleTimes: (campaign, legs) => this.#call_times.settle(operation.id, campaign, legs, give_turn),
    };
    return new Intake(campaign_id, tally, destination, give_turn);
  }

  #sink(operation: Operation, campaign_id: number, give_turn: GiveTurn): AttemptSink {
    const turn = `${operation.id}/${campaign_id}`;
    return {
      operation_id: operation.id,
      campaign_id,
      mayExist: (attempts) => this.#seen.of(operation.id, campaign_id, attempts),
      existing: (rows) => existingAttempts(this.#engine, operation.id, campaign_id, rows, give_turn),
      store: (rows) => this.#uploads.acceptRows(operation, [campaign_id], rows),
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

interface ImportFile {
  readonly format: ImportFormat;
  readonly format_reason: string | null;
  readonly source: Source;
}

/** @throws ImportStopped, RecuentoError */
async function fileOf(
  { format, campaign_id, body, gzip, ...parameters }: ImportRequest,
  give_turn: GiveTurn,
): Promise<ImportFile> {
  const source = sourceOf(body, gzip);
  if (format !== 'auto') return { format, format_reason: null, source };
  const { why, chunks, ...detected } = await detect(source.chunks, give_turn).catch((error: unknown) => {
    throw asStopped(error);
  });
  if (campaign_id === undefined && !detected.format.names_campaigns) {
    throw new RecuentoError('missing-parameters', { values: { parameters: 'campaign_id' } });
  }
  for (const name of ['date_order', 'phone_code'] as const) {
    if (parameters[name] === undefined || detected.format.takes?.includes(name)) continue;
    throw asStopped(new WrongFile(`it is ${detected.format.name} (${why}), which takes no ${name}`));
  }
  return { format: detected.format, format_reason: why, source: { chunks, bytes: source.bytes } };
}

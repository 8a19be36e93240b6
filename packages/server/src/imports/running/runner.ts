import type { Readable } from 'node:stream';
import { RecuentoError } from '@recuento/contract';
import type { Accounts } from '../../accounts/accounts.js';
import type { ImportJob, Imports, NewImport } from '../../accounts/imports.js';
import type { Numbers } from '../../accounts/numbers.js';
import type { Operation, Operations } from '../../accounts/operations.js';
import type { GiveTurn } from '../../admission/turns.js';
import { broughtBy } from '../../attempts/brought.js';
import { type Engine, EngineTimeout, EngineUnavailable } from '../../attempts/engine/engine.js';
import type { Uploads } from '../../ingest/uploads.js';
import { detect } from '../detecting/detect.js';
import type { Trunks } from '../evidence/trunks.js';
import type { ImportFormat } from '../formats/format.js';
import { CallTimes } from '../joining/call-times.js';
import { type Destination, Intake } from '../joining/intake.js';
import { Span } from '../joining/span.js';
import { Tally } from '../joining/tally.js';
import type { Leg } from '../reading/leg.js';
import { GROWTH_MAX, openText, withinGrowth } from '../records/opened.js';
import { type Source, sourceOf } from '../records/source.js';
import { expectTakes, type ImportParameters, readerOf } from './import-parameters.js';
import { asStopped, ImportRun, ImportStopped } from './import-run.js';
import { mappingOf } from './mapping.js';

/** A file to import. Own words that come with it become the operation's. */
export interface ImportRequest extends ImportParameters {
  readonly operation: Operation;
  /** It outranks earlier imports and uploads. */
  readonly replaces: boolean;
  readonly body: Readable;
  readonly gzip: boolean;
}

type AccountsOfImports = Pick<Accounts, 'imports' | 'numbers' | 'operations' | 'callClaims'>;

/** Runs imports, and tracks those that are running. */
export class ImportRunner {
  readonly #imports: Imports;
  readonly #numbers: Numbers;
  readonly #operations: Operations;
  readonly #uploads: Uploads;
  readonly #engine: Engine;
  readonly #trunks: Trunks;
  readonly #turnsOf: (operation: Operation) => GiveTurn;
  readonly #call_times: CallTimes;
  /** Calls reported by hooks, by campaign, that wait to be written. */
  readonly #feeds = new Map<string, { readonly legs: Leg[]; readonly stored: Promise<void> }>();
  readonly #bodies = new Set<Readable>();
  readonly #running = new Set<Promise<unknown>>();
  /** By campaign: the last batch of such calls, which the next one waits for. */
  readonly #feeding = new Map<string, Promise<unknown>>();

  /** @param turnsOf gives the turns for reading a stream of an operation */
  constructor(
    { imports, numbers, operations, callClaims }: AccountsOfImports,
    uploads: Uploads,
    engine: Engine,
    trunks: Trunks,
    turnsOf: (operation: Operation) => GiveTurn,
  ) {
    this.#imports = imports;
    this.#numbers = numbers;
    this.#operations = operations;
    this.#uploads = uploads;
    this.#engine = engine;
    this.#trunks = trunks;
    this.#turnsOf = turnsOf;
    this.#call_times = new CallTimes(engine, callClaims);
  }

  /**
   * Resolves with the finished job when everything is durable. A file whose format is not recognised leaves no job.
   *
   * @throws ImportStopped
   * @throws RecuentoError missing-parameters when the detected format needs a campaign; bad-parameter when the operation
   * would have too many words
   */
  async run(request: ImportRequest): Promise<ImportJob> {
    this.#bodies.add(request.body);
    try {
      const give_turn = this.#turnsOf(request.operation);
      return await this.#run(request, await fileOf(request, give_turn), give_turn);
    } finally {
      this.#bodies.delete(request.body);
    }
  }

  async #run(
    request: ImportRequest,
    { format, format_reason, source, is_utf8 }: ImportFile,
    give_turn: GiveTurn,
  ): Promise<ImportJob> {
    const { operation, campaign_id } = request;
    const encoding = is_utf8 ? 'utf-8' : request.encoding;
    const time_zone = request.time_zone ?? operation.time_zone;
    const input: NewImport = {
      format: format.name,
      format_reason,
      campaign_id: campaign_id ?? null,
      time_zone,
      time_zone_from: request.time_zone === undefined ? 'operation' : 'parameter',
    };
    const words = request.words
      ? await this.#operations.keepWords(operation.id, request.words)
      : operation.words;
    const trunks = this.#trunks.withPrefixes(request.strip_prefix ?? []).withWords(words);
    const mapping = mappingOf(request, trunks);
    const job = await this.#imports.create(operation.id, input, { mapping, replaces: request.replaces });
    const readLine = readerOf(format, request, time_zone, trunks);
    const tally = new Tally();
    tally.own_words = words.length;
    const span = new Span();
    const destination = this.#destination(operation, campaign_id, job, give_turn);
    const intake = new Intake(destination, tally, span, give_turn);
    const settle = () => this.#settleCounts(operation, job.number, span, tally);
    const work = { operation, job, source, encoding, cut: format.cut, readLine, settle };
    const run = new ImportRun(work, this.#imports, intake, tally, give_turn).run();
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
    }
  }

  /** Breaks off all running imports: a file may take hours, and importing it again completes it. */
  interrupt(): void {
    for (const body of this.#bodies) {
      body.destroy(new ImportStopped('stopping', 'the service was stopped', undefined));
    }
  }

  /** Resolves when nothing is running any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /**
   * Takes in a call that a dialer reports at its end. Resolves when it is durable. Calls that come while an earlier batch
   * of the campaign is being written are written together.
   *
   * @throws what the store throws
   */
  feed(operation: Operation, campaign_id: number, leg: Leg): Promise<void> {
    const key = `${operation.id}/${campaign_id}`;
    let batch = this.#feeds.get(key);
    if (batch === undefined) {
      const legs: Leg[] = [];
      const stored = this.#afterLast(key, async () => {
        this.#feeds.delete(key);
        const generation = await this.#numbers.generation(
          operation.id,
          mappingOf({}, this.#trunks.withWords(operation.words)),
        );
        const give_turn = this.#turnsOf(operation);
        const destination = this.#destination(operation, campaign_id, { number: 0, generation }, give_turn);
        const intake = new Intake(destination, new Tally(), new Span(), give_turn);
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

  #destination(
    operation: Operation,
    campaign_id: number | undefined,
    { number, generation }: { readonly number: number; readonly generation: number },
    give_turn: GiveTurn,
  ): Destination {
    return {
      operation_id: operation.id,
      import_number: number,
      campaign_id,
      store: (campaign_ids, rows) => this.#uploads.acceptRows(operation, campaign_ids, rows, generation),
      settleTimes: (campaign_id, legs) =>
        this.#call_times.settle(
          { operation_id: operation.id, campaign_id, import_number: number },
          legs,
          give_turn,
        ),
    };
  }

  /**
   * Once the attempts are stored, finds out which of them were there already. If that fails, the import is still valid,
   * and all that was written counts as stored.
   */
  async #settleCounts(
    operation: Operation,
    import_number: number,
    { from_campaign, to_campaign, from_s, to_s, isEmpty }: Span,
    tally: Tally,
  ): Promise<void> {
    if (isEmpty) return;
    const rows = { operation_id: operation.id, import_number, from_campaign, to_campaign, from_s, to_s };
    try {
      tally.settle(await broughtBy(this.#engine, rows, tally.stored, COUNT_MAX_MS));
    } catch (error) {
      if (!(error instanceof EngineTimeout || error instanceof EngineUnavailable)) throw error;
    }
  }

  async #afterLast(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#feeding.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#feeding.set(key, mine);
    try {
      await mine;
    } finally {
      if (this.#feeding.get(key) === mine) this.#feeding.delete(key);
    }
  }
}

/** Reading ten million attempts takes some seconds, and the sender of the file waits for it. */
const COUNT_MAX_MS = 60_000;

const tooMuch = () =>
  new ImportStopped('bad gzip', `it unpacks to more than ${GROWTH_MAX.times} times what came`, undefined);

interface ImportFile {
  readonly format: ImportFormat;
  readonly format_reason: string | null;
  readonly source: Source;
  readonly is_utf8: boolean;
}

/** @throws ImportStopped, RecuentoError */
async function fileOf(
  { format, body, gzip, ...parameters }: ImportRequest,
  give_turn: GiveTurn,
): Promise<ImportFile> {
  const sent = sourceOf(body, gzip);
  const opened = await openText(sent.chunks).catch((error: unknown) => {
    throw error instanceof RecuentoError ? error : asStopped(error);
  });
  const { is_utf8 } = opened;
  const text = withinGrowth(opened.chunks, sent.bytes, tooMuch);
  if (format !== 'auto') {
    return { format, format_reason: null, source: { ...sent, chunks: text }, is_utf8 };
  }
  try {
    const { chunks, ...detected } = await detect(text, give_turn);
    if (parameters.campaign_id === undefined && !detected.format.names_campaigns) {
      throw new RecuentoError('missing-parameters', { values: { parameters: 'campaign_id' } });
    }
    expectTakes(detected, { format, ...parameters });
    return { format: detected.format, format_reason: detected.why, source: { ...sent, chunks }, is_utf8 };
  } catch (error) {
    throw error instanceof RecuentoError ? error : asStopped(error);
  }
}

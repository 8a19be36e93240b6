import type { Encoding } from '@recuento/contract';
import { type ImportJob, type Imports, ImportTakenOver } from '../../accounts/imports.js';
import type { Operation } from '../../accounts/operations.js';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { Intake } from '../joining/intake.js';
import type { Tally } from '../joining/tally.js';
import { type ReadLine, WrongFile } from '../reading/reading.js';
import { type Cut, readRecords } from '../records/read-records.js';
import type { RecordBatch } from '../records/record-batch.js';
import type { Source } from '../records/source.js';
import { SpanningRecords } from '../rows/spanning.js';
import { recordResults } from './record-results.js';
import { Rejects } from './rejects.js';

/** How often a running import records its progress: as often as a person looks. */
const PROGRESS_MS = 1_000;
/**
 * Records that are read before others get their turn: one or two milliseconds of valid lines, five of records in which
 * everything is wrong, and for a JSON record of 1 MiB as long as it takes.
 */
export const RECORDS_A_TURN = { items: 500, bytes: 256 * 1024 };
/** Rejected lines that may wait before they are written, in one turn. So at most these and those of one turn are in memory. */
const REJECTS_WAITING = 500;

/** Why an import stopped before its end. `message` is stored in its record. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped';
  readonly kind: 'client gone' | 'bad gzip' | 'wrong file' | 'store' | 'stopping' | 'taken over';

  constructor(kind: ImportStopped['kind'], message: string, cause: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

export interface ImportWork {
  readonly operation: Operation;
  readonly job: ImportJob;
  readonly source: Source;
  readonly encoding: Encoding;
  /** Absent: lines. */
  readonly cut: Cut | undefined;
  readonly readLine: ReadLine;
  /** To be awaited when everything is durable: corrects the counts. */
  readonly settle: () => Promise<void>;
}

/** One run of one import: from bytes to attempts, with its counts, its rejects and its record. */
export class ImportRun {
  readonly #work: ImportWork;
  readonly #imports: Imports;
  readonly #tally: Tally;
  readonly #rejects = new Rejects();
  readonly #intake: Intake;
  readonly #turns: Turns;
  readonly #give_turn: GiveTurn;
  readonly #records: SpanningRecords;
  #noted_at_ms = performance.now();

  /** @param intake counts in `tally` */
  constructor(work: ImportWork, imports: Imports, intake: Intake, tally: Tally, give_turn: GiveTurn) {
    this.#work = work;
    this.#turns = new Turns(RECORDS_A_TURN, give_turn);
    this.#give_turn = give_turn;
    this.#imports = imports;
    this.#intake = intake;
    this.#tally = tally;
    const results = recordResults(tally, {
      leg: (leg) => intake.add(leg),
      reject: (line, reason, text) => this.#rejects.add(line, reason, text),
    });
    this.#records = new SpanningRecords(work.readLine, results);
  }

  /**
   * Resolves with the finished job when everything is durable.
   *
   * @throws ImportStopped after the job was recorded as failed or interrupted. What had been read by then is stored,
   * unless the store
   * failed, or the job is another node's.
   */
  async run(): Promise<ImportJob> {
    try {
      await this.#read();
    } catch (error) {
      throw await this.#fail(error);
    }
    return this.#note('done', null);
  }

  async #read(): Promise<void> {
    const { source, cut, encoding } = this.#work;
    let broken: { readonly error: unknown } | undefined;
    try {
      for await (const batch of readRecords(source.chunks, cut, encoding, this.#give_turn)) {
        this.#tally.bytes = source.bytes();
        this.#tally.latin1_lines += batch.latin1 ?? 0;
        await this.#takeAll(batch);
      }
    } catch (error) {
      // Another node may be taking back these attempts by now, so they are not written.
      if (error instanceof ImportStopped && (error.kind === 'store' || error.kind === 'taken over'))
        throw error;
      broken = { error };
    }
    this.#tally.bytes = source.bytes();
    try {
      // An incomplete record at the point where the file broke off does not count.
      if (broken === undefined) {
        this.#records.finish();
        this.#work.readLine.end?.();
      }
    } catch (error) {
      broken = { error };
    }
    const left = this.#work.readLine.left?.();
    if (left && left.lines > 0) this.#tally.skip(left.reason, left.lines);
    // Also when the body broke off: the complete records are as good as those of a shorter file.
    await inStore(this.#intake.finish());
    await inStore(this.#work.settle());
    if (broken) throw asStopped(broken.error);
  }

  async #takeAll({ first, texts, faults }: RecordBatch): Promise<void> {
    for (const [at, text] of texts.entries()) {
      if (this.#turns.isOver(text.length)) await this.#endTurn();
      this.#records.take(first + at, text, faults.get(at));
    }
  }

  /** Writes down what is due, and lets others have their turn before the next record. */
  async #endTurn(): Promise<void> {
    await inStore(this.#intake.relieve());
    await this.#turns.give();
    const due = performance.now() - this.#noted_at_ms >= PROGRESS_MS;
    if (!due && this.#rejects.waiting < REJECTS_WAITING) return;
    await this.#note('running', null);
    await this.#turns.give();
  }

  async #fail(error: unknown): Promise<ImportStopped> {
    const stopped = asStopped(error);
    if (stopped.kind === 'taken over') return stopped; // the other node records it
    const state = stopped.kind === 'stopping' ? 'interrupted' : 'failed';
    const progress = { state, reason: stopped.message, counts: this.#tally.counts() } as const;
    await this.#imports.fail(this.#work.job, progress, this.#rejects.take());
    return stopped;
  }

  async #note(state: ImportJob['state'], reason: string | null): Promise<ImportJob> {
    this.#noted_at_ms = performance.now();
    const counts = this.#tally.counts();
    try {
      return await this.#imports.progress(this.#work.job, { state, reason, counts }, this.#rejects.take());
    } catch (error) {
      if (!(error instanceof ImportTakenOver)) throw error;
      throw takenOver(error);
    }
  }
}

function takenOver(error: ImportTakenOver): ImportStopped {
  return new ImportStopped('taken over', 'its node was taken for dead', error);
}

/** Any failure of this work is the store's. */
async function inStore<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ImportTakenOver) throw takenOver(error);
    throw new ImportStopped('store', 'the store could not take it', error);
  }
}

/** Why an import broke off. Of a body's failures, zlib's have codes that begin with Z_; any other is the connection's. */
export function asStopped(error: unknown): ImportStopped {
  if (error instanceof ImportStopped) return error;
  if (error instanceof WrongFile) return new ImportStopped('wrong file', error.message, error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_'))
    return new ImportStopped('bad gzip', 'the gzip stream is broken or cut short', error);
  return new ImportStopped('client gone', 'the connection ended before the file did', error);
}

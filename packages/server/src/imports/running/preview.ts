import {
  changedWords,
  IMPORT_PREVIEW_LIMITS,
  type ImportPreviewDocument,
  RecuentoError,
} from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import { headOf, onlyOne, type Recognised, recognisedIn } from '../detecting/detect.js';
import type { Trunks } from '../evidence/trunks.js';
import type { FileHead, ImportFormat } from '../formats/format.js';
import { type JoinedLeg, JoinedLegs } from '../joining/joined-legs.js';
import { Tally } from '../joining/tally.js';
import { WrongFile } from '../reading/reading.js';
import { openText } from '../records/opened.js';
import { readRecords } from '../records/read-records.js';
import { SpanningRecords } from '../rows/spanning.js';
import { expectTakes, type ImportParameters, readerOf } from './import-parameters.js';
import { asStopped, RECORDS_A_TURN } from './import-run.js';
import { previewedAttempt } from './previewed-attempt.js';
import { previewedTable } from './previewed-table.js';
import { recordResults } from './record-results.js';
import { Rejects } from './rejects.js';

/** The beginning of a file, and how it is to be read. */
export interface PreviewRequest extends ImportParameters {
  readonly operation: Operation;
  readonly body: Buffer;
  /** The body is the whole file. */
  readonly is_whole: boolean;
}

/** Where the beginning ends: what is incomplete there is left out, as in an import that breaks off. */
class EndOfBeginning extends Error {
  override readonly name = 'EndOfBeginning';
}

/**
 * What an import with the same parameters would make of the beginning of a file, by the same readers. Nothing is stored.
 *
 * @throws RecuentoError when it is no text
 */
export async function previewOf(
  request: PreviewRequest,
  declared: Trunks,
  give_turn: GiveTurn,
): Promise<ImportPreviewDocument> {
  const { operation, campaign_id } = request;
  const begun = await beginningOf(request);
  const head = await headOf(begun.text, begun.is_whole);
  const found = request.format === 'auto' ? await recognisedIn(head, give_turn) : [];
  const words = changedWords(operation.words, request.words ?? []);
  const trunks = declared.withPrefixes(request.strip_prefix ?? []).withWords(words);
  const time_zone = request.time_zone ?? operation.time_zone;
  const tally = new Tally();
  tally.own_words = words.length;
  const read = await readBeginning({ request, begun, head, found, trunks, time_zone, tally }, give_turn);
  const { stored, bytes, unchanged, ...counts } = tally.counts();
  return {
    format: read.format?.name ?? null,
    format_reason: found.find(({ format }) => format === read.format)?.why ?? null,
    recognised: found.map(({ format, why }) => ({ format: format.name, reason: why })),
    refusal: read.refusal,
    names_campaigns: read.format?.names_campaigns ?? false,
    takes: [...(read.format?.takes ?? [])],
    time_zone,
    time_zone_from: request.time_zone === undefined ? 'operation' : 'parameter',
    is_whole: begun.is_whole,
    ...counts,
    attempts: stored,
    rows: read.attempts.map(({ leg, line }) => previewedAttempt(leg, line, campaign_id)),
    rejects: read.rejects.take(),
    table: previewedTable(head.lines) ?? null,
  };
}

interface Beginning {
  readonly text: Buffer;
  readonly is_whole: boolean;
  readonly is_utf8: boolean;
  /** Why what follows the text cannot be read. */
  readonly fault: string | null;
}

/** The text of the beginning, unpacked. @throws RecuentoError when it is no text */
async function beginningOf({ body, is_whole }: PreviewRequest): Promise<Beginning> {
  const { max_bytes } = IMPORT_PREVIEW_LIMITS;
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let is_utf8 = false;
  try {
    const opened = await openText(once(body), !is_whole);
    is_utf8 = opened.is_utf8;
    for await (const piece of opened.chunks) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > max_bytes) break;
    }
  } catch (error) {
    if (error instanceof RecuentoError) throw error;
    return { text: Buffer.concat(pieces), is_whole: false, is_utf8, fault: asStopped(error).message };
  }
  const text = Buffer.concat(pieces).subarray(0, max_bytes);
  return { text, is_whole: is_whole && bytes <= max_bytes, is_utf8, fault: null };
}

interface Work {
  readonly request: PreviewRequest;
  readonly begun: Beginning;
  readonly head: FileHead;
  readonly found: readonly Recognised[];
  readonly trunks: Trunks;
  readonly time_zone: string;
  readonly tally: Tally;
}

interface ReadBeginning {
  /** Undefined where none is recognised, or more than one. */
  readonly format: ImportFormat | undefined;
  readonly attempts: readonly JoinedLeg[];
  readonly rejects: Rejects;
  readonly refusal: string | null;
}

async function readBeginning(work: Work, give_turn: GiveTurn): Promise<ReadBeginning> {
  const { request, found, head, tally, begun } = work;
  const legs = new JoinedLegs(tally, IMPORT_PREVIEW_LIMITS.rows);
  const rejects = new Rejects(IMPORT_PREVIEW_LIMITS.rejects);
  let format: ImportFormat | undefined = request.format === 'auto' ? undefined : request.format;
  let refusal = begun.fault;
  try {
    if (format === undefined) {
      const recognised = onlyOne(found, head);
      format = recognised.format;
      expectTakes(recognised, request);
    }
    // There is nothing to be read yet: its columns are shown, so that they can be declared.
    if (format.takes?.includes('map') && request.map === undefined) throw new WrongFile(NO_MAP);
    await readWith(format, work, { legs, rejects }, give_turn);
  } catch (error) {
    if (!(error instanceof WrongFile)) throw error;
    refusal = error.message;
  }
  return { format, attempts: legs.finish(), rejects, refusal };
}

const NO_MAP = 'its columns are not declared: map says which of them is what';

async function readWith(
  format: ImportFormat,
  { request, begun, trunks, time_zone, tally }: Work,
  { legs, rejects }: { readonly legs: JoinedLegs; readonly rejects: Rejects },
  give_turn: GiveTurn,
): Promise<void> {
  const readLine = readerOf(format, request, time_zone, trunks);
  const results = recordResults(tally, {
    leg: (leg, line) => legs.add(leg, line),
    reject: (line, reason, text) => rejects.add(line, reason, text),
  });
  const records = new SpanningRecords(readLine, results);
  const turns = new Turns(RECORDS_A_TURN, give_turn);
  const encoding = begun.is_utf8 ? 'utf-8' : request.encoding;
  const file = begun.is_whole ? once(begun.text) : cutShort(begun.text);
  try {
    for await (const { first, texts, faults, latin1 } of readRecords(file, format.cut, encoding, give_turn)) {
      tally.latin1_lines += latin1 ?? 0;
      for (const [at, text] of texts.entries()) {
        if (turns.isOver(text.length)) await turns.give();
        records.take(first + at, text, faults.get(at));
      }
    }
  } catch (error) {
    if (!(error instanceof EndOfBeginning)) throw error;
    return;
  }
  records.finish();
  readLine.end?.();
  const left = readLine.left?.();
  if (left && left.lines > 0) tally.skip(left.reason, left.lines);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* cutShort(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new EndOfBeginning();
}

import { IMPORT_FORMATS } from '@recuento/contract';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { FileHead, ImportFormat } from '../formats/format.js';
import { FORMATS } from '../formats/registry.js';
import { WrongFile } from '../reading/reading.js';
import { readLines } from '../records/lines.js';
import { resumed } from '../records/resumed.js';
import { proposalFor } from './proposal.js';

/** The beginning of a file from which its format is told: enough for a hundred records of any dialer. */
export const HEAD_MAX_BYTES = 64 * 1024;

export interface Detected {
  readonly format: ImportFormat;
  /** The evidence, for the import's record. */
  readonly why: string;
  /** The whole file again, including the beginning. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** Each format examines the whole beginning, which takes some milliseconds where it is nothing but commas. */
const FORMATS_A_TURN = { items: 1, bytes: Number.POSITIVE_INFINITY };

/**
 * Detects a file's format from its beginning, which alone is held in memory. `give_turn` lets others have their turn
 * meanwhile.
 *
 * @throws WrongFile when no format recognises the file, or more than one
 * @throws whatever the stream throws
 */
export async function detect(chunks: AsyncIterable<Uint8Array>, give_turn: GiveTurn): Promise<Detected> {
  const rest = chunks[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let bytes = 0;
  let ended = false;
  while (bytes < HEAD_MAX_BYTES && !ended) {
    const next = await rest.next();
    if (next.done) ended = true;
    else {
      begun.push(next.value);
      bytes += next.value.length;
    }
  }
  const head = await headOf(Buffer.concat(begun), ended && bytes <= HEAD_MAX_BYTES);
  const chosen = onlyOne(await recognisedIn(head, give_turn), head);
  return { ...chosen, chunks: resumed(begun, rest) };
}

/**
 * The beginning of a file, for those who recognise formats.
 *
 * @param is_whole the bytes are the whole file, so its last line counts even without a line end
 */
export async function headOf(bytes: Buffer, is_whole: boolean): Promise<FileHead> {
  const head = bytes.subarray(0, HEAD_MAX_BYTES);
  const texts: string[] = [];
  for await (const batch of readLines(once(head))) texts.push(...batch.texts);
  if (!is_whole && texts.length > 1) texts.pop();
  return { text: head.toString().replace(/^\uFEFF/, ''), lines: texts.filter((line) => line !== '') };
}

/** A format that recognises a file, and by what. */
export interface Recognised {
  readonly format: ImportFormat;
  readonly why: string;
}

/** All formats that recognise a file. `give_turn` lets others have their turn meanwhile. */
export async function recognisedIn(head: FileHead, give_turn: GiveTurn): Promise<readonly Recognised[]> {
  const turns = new Turns(FORMATS_A_TURN, give_turn);
  const found: Recognised[] = [];
  for (const format of FORMATS) {
    if (turns.isOver(head.text.length)) await turns.give();
    const why = format.recognise?.(head);
    if (why !== undefined) found.push({ format, why });
  }
  return found;
}

/** The one format that recognises a file. @throws WrongFile when there is none, or more than one */
export function onlyOne(found: readonly Recognised[], head: FileHead): Recognised {
  if (head.text.trim() === '') throw new WrongFile('it is empty');
  const [chosen, other] = found;
  if (chosen === undefined) {
    throw new WrongFile(
      `no format is recognised in it: ${proposalFor(head.lines)}. Or name its format, one of ${IMPORT_FORMATS.join(', ')}`,
    );
  }
  if (other === undefined) return chosen;
  const names = found.map(({ format, why }) => `${format.name} (${why})`);
  throw new WrongFile(`more than one format is recognised in it, name the one: ${names.join(' or ')}`);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

import { createHash } from 'node:crypto';
import type { OnError, OwnWord } from '@recuento/contract';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { RecordForm } from '../records/body-records.js';

/** Bytes hashed before other requests get their turn: some milliseconds, twenty on a processor without SHA instructions. */
const PIECE_BYTES = 4 * 1024 * 1024;

interface Asked {
  readonly form: RecordForm;
  readonly on_error: OnError;
  readonly words?: readonly OwnWord[] | undefined;
}

/**
 * Tells apart two uploads with the same `Idempotency-Key`: the SHA-256 of the body, hex, and every option that differs
 * from "store all of it". It begins in a turn of its own.
 *
 * Where records may be left out, the form of the body counts too: an array that was sent as lines is one record, which is
 * left out. A caller who then sends it again as an array must not get the reply of the first upload.
 */
export async function fingerprintOf(
  bytes: Buffer,
  give_turn: GiveTurn,
  { form, on_error, words }: Asked,
): Promise<string> {
  const hash = createHash('sha256');
  const turns = new Turns({ items: 1, bytes: PIECE_BYTES }, give_turn);
  await turns.give();
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    if (turns.isOver(PIECE_BYTES)) await turns.give();
    hash.update(bytes.subarray(at, at + PIECE_BYTES));
  }
  if (words) hash.update(`\n${JSON.stringify(words)}`);
  const digest = hash.digest('hex');
  return on_error === 'refuse' ? digest : `${digest} ${on_error} ${form}`;
}

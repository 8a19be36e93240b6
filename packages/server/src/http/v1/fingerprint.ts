import { createHash } from 'node:crypto';
import type { OnError, OwnWord } from '@recuento/contract';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import type { RecordForm } from '../records/body-records.js';

/** Hashed before others get their turn: some milliseconds, twenty where the processor has no instructions for it. */
const PIECE_BYTES = 4 * 1024 * 1024;

interface Asked {
  readonly form: RecordForm;
  readonly on_error: OnError;
  readonly words?: readonly OwnWord[] | undefined;
}

/**
 * SHA-256 of a body, hex, and what else was asked than that all of it be stored: what tells two uploads with one
 * `Idempotency-Key` apart. It is begun in a turn of its own.
 *
 * Where records may be left out, how they are told apart counts too: an array that was sent as lines is one record that is left
 * out, and who sends it again as the array that it is must not be answered so.
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

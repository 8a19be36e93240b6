import { type GiveTurn, Turns } from '../../admission/turns.js';

/**
 * Longest piece of a file that is processed at once. It may be 16,384 empty lines or 8,192 times `{}`, which takes some
 * milliseconds to cut.
 */
export const PIECE_MAX_BYTES = 16 * 1024;

/** Pieces of one chunk that are processed before others get their turn, even if they have no record. */
const PIECES_A_TURN = { items: 4, bytes: 4 * PIECE_MAX_BYTES };

/**
 * The bytes of a file in pieces, however they come; others get their turn in between. Each chunk begins in a turn of its
 * own, because it may have come at the same moment as those of many other files.
 *
 * @throws whatever the stream throws
 */
export async function* piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  give_turn: GiveTurn,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const turns = new Turns(PIECES_A_TURN, give_turn);
    await turns.give();
    for (let at = 0; at < chunk.length; at += PIECE_MAX_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_MAX_BYTES);
      if (turns.isOver(piece.length)) await turns.give();
      yield piece;
    }
  }
}

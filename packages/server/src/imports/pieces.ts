import { type GiveTurn, Turns } from '../attempts/turns.js';

/**
 * Longest piece of a file that is looked at in one go. It may be 16,384 empty lines or 8,192 times `{}`, which takes some
 * milliseconds to cut.
 */
export const PIECE_MAX_BYTES = 16 * 1024;

/**
 * Pieces that are looked at before others get their turn, also where no record is in them. What comes of a connection is
 * decoded in larger ones, and may wait for us: then no turn is given by waiting for it.
 */
const PIECES_A_TURN = { items: 16, bytes: 64 * 1024 };

/** The bytes of a file in pieces, however they come; others get their turn between them. @throws whatever the stream throws */
export async function* piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  give_turn: GiveTurn,
): AsyncGenerator<Uint8Array> {
  const turns = new Turns(PIECES_A_TURN, give_turn);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_MAX_BYTES) {
      const piece = chunk.subarray(at, at + PIECE_MAX_BYTES);
      if (turns.isOver(piece.length)) await turns.give();
      yield piece;
    }
  }
}

import { type GiveTurn, Turns } from '../admission/turns.js';

/** Lines of a reply that are read before others get their turn: some milliseconds for rows of JSON. */
const LINES_A_TURN = { items: 1_000, bytes: 256 * 1024 };

/** Calls `visit` with each line of one of the engine's replies, in turns: a look-up of an import may have 10,000 and more. */
export async function eachLine(
  reply: Buffer,
  visit: (line: string) => void,
  give_turn: GiveTurn,
): Promise<void> {
  const turns = new Turns(LINES_A_TURN, give_turn);
  for (const line of reply.toString().split('\n')) {
    if (line === '') continue;
    if (turns.isOver(line.length)) await turns.give();
    visit(line);
  }
}

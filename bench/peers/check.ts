import { createHash } from 'node:crypto';
import type { Peer } from './peer.js';
import type { Question } from './questions.js';

/**
 * Has every peer answer every question and compares the rows with the first peer's.
 *
 * @throws Error naming the peer and the question that differ, and the first row in which they do
 */
export async function checkRows(
  peers: readonly Peer[],
  questions: readonly Question[],
  say: (line: string) => void,
): Promise<void> {
  const [first, ...others] = peers;
  if (!first) return;
  for (const question of questions) {
    const expected = await first.rows(question);
    const hash = hashOf(expected);
    for (const peer of others) {
      const rows = await peer.rows(question);
      if (hashOf(rows) === hash) continue;
      const at = expected.findIndex((row, index) => rows[index] !== row);
      const [one, other] = [expected[at], rows[at < 0 ? expected.length : at]];
      throw new Error(
        `${peer.name}, ${question.title}: ${rows.length} rows, not ${expected.length}; ` +
          `row ${at} is ${JSON.stringify(other)}, not ${JSON.stringify(one)}`,
      );
    }
    say(
      `  ${question.title}: ${expected.length} rows, the same of all ${peers.length} (${hash.slice(0, 12)})`,
    );
  }
}

function hashOf(rows: readonly string[]): string {
  return createHash('sha256').update(rows.join('\n')).digest('hex');
}

import { createInterface } from 'node:readline/promises';
import { UsageError } from '../usage-error.js';

/**
 * Asks before something is done. Without a terminal nobody can be asked: `--yes` says it beforehand.
 *
 * @throws UsageError where it is not wanted
 */
export async function consent(question: string, is_given: boolean | undefined): Promise<void> {
  if (is_given) return;
  if (!process.stdin.isTTY) throw new UsageError('Nothing was done: --yes does it.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `).finally(() => terminal.close());
  if (!/^(y|yes|s|si|sí)$/i.test(answer.trim())) throw new UsageError('Nothing was done.');
}

/** What attempts are inserted into. */
export const ATTEMPTS_TABLE = 'told';
/** How it is partitioned. */
export const ATTEMPTS_PARTITION = 'toYYYYMM(dialed_at)';

/** Whose an operation's work in the engine is. */
export function ownerOf(operation_id: number): string {
  return `operation ${operation_id}`;
}

import type { Accounts } from '../accounts/accounts.js';
import type { Change } from '../accounts/data-versions.js';

/**
 * Runs a write of an operation, and then raises the versions of what it changes. It does so after a failure too, if the write had
 * begun: part of it may be visible. A write that was refused before it began changes nothing, and ETags stay valid.
 */
export async function raising(
  versions: Pick<Accounts['dataVersions'], 'raise'>,
  operation_id: number,
  change: Change,
  write: (onBegin: () => void) => Promise<void>,
): Promise<void> {
  let has_begun = false;
  try {
    await write(() => {
      has_begun = true;
    });
  } catch (error) {
    // A version that cannot rise is owed. The caller gets the first failure.
    if (has_begun) await versions.raise(operation_id, change).catch(() => undefined);
    throw error;
  }
  await versions.raise(operation_id, change);
}

import type { Accounts } from '../accounts/accounts.js';

/**
 * Runs a write of an operation, and raises its data version when it is done. Also after a failure, when it had begun: part of
 * it may be visible. What was refused before changes nothing, and no ETag need be given up for it.
 */
export async function raising(
  versions: Pick<Accounts['dataVersions'], 'raise'>,
  operation_id: number,
  write: (onBegin: () => void) => Promise<void>,
): Promise<void> {
  let has_begun = false;
  try {
    await write(() => {
      has_begun = true;
    });
  } catch (error) {
    // A version that cannot rise is owed, and the first failure is the one to be told.
    if (has_begun) await versions.raise(operation_id).catch(() => undefined);
    throw error;
  }
  await versions.raise(operation_id);
}

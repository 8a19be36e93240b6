/** A write was refused, since it would take of the disk's reserve. Nothing of it was written. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull';
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** Whether the system said that there is no space left, at any depth of a failure's causes. */
export function isNoSpace(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at instanceof DiskFull || ('code' in at && FULL.has(String(at.code)))) return true;
  }
  return false;
}

/** Which numbers are put aside, and how they come back. */
export function Quarantine() {
  return null;
}

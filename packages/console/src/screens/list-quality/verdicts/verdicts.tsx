/** What is known of each telephone. */
export function Verdicts() {
  return null;
}

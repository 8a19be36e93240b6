/** Rules, tried on the past and on what is known now. */
export function Rules() {
  return null;
}

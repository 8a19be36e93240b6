/** What is put aside, in the form that a dialer takes. */
export function HandOver() {
  return null;
}

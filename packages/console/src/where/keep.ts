/** Keeps a choice in the browser for the next time. Where its storage is full or shut, the choice holds until the page is left. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // Nothing depends on it.
  }
}

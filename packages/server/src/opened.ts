/** Keeps what a start opened, and closes it in the opposite order. */
export class Opened {
  readonly #closers: { readonly what: string; readonly close: () => void | Promise<void> }[] = [];

  add(what: string, close: () => void | Promise<void>): void {
    this.#closers.push({ what, close });
  }

  /** Closes everything. A failure is reported and does not stop the rest. Never rejects. */
  async close(report: (what: string, error: unknown) => void): Promise<void> {
    for (const { what, close } of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        report(what, error);
      }
    }
  }
}

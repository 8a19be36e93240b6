/** What was opened, to be closed in the opposite order: also when a person ends the run. */
export class Closing {
  readonly #closers: (() => unknown)[] = [];
  #closed: Promise<void> = Promise.resolve();
  readonly #ended = async () => {
    await this.close();
    process.exit(1);
  };

  constructor() {
    process.once('SIGINT', this.#ended).once('SIGTERM', this.#ended);
  }

  add(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** What fails is told, and hinders nothing else. Resolves when what another call closes is closed, too; never rejects. */
  close(): Promise<void> {
    this.#closed = this.#closed.then(() => this.#closeAll());
    return this.#closed;
  }

  async #closeAll(): Promise<void> {
    for (let close = this.#closers.pop(); close; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        console.error(error);
      }
    }
    process.off('SIGINT', this.#ended).off('SIGTERM', this.#ended);
  }
}

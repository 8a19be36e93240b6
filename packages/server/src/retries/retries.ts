/** A piece of work that failed and is done later. */
export interface Task {
  readonly work: () => Promise<void>;
  /** Size of what is kept for it meanwhile. */
  readonly bytes: number;
  /** Whose bytes they are, such as an operation. */
  readonly owner: string;
}

export interface RetriesOptions {
  /** Wait between two turns. After a turn in which something failed, the next wait is twice as long. */
  readonly first_wait_ms: number;
  readonly longest_wait_ms: number;
  /** A task is given up after so many failures of its own. */
  readonly tries_max: number;
  /** Whether a failure comes from the place (its disk, its engine), so that every other task would fail too. */
  readonly isOfPlace: (error: unknown) => boolean;
  /** Called with a task's last failure. @returns whether the task may be forgotten; otherwise its tries go on. Never rejects */
  readonly giveUp: (key: string, error: unknown) => Promise<boolean>;
}

/**
 * Tries work again until it is done, oldest first. A failure of the place ends the turn. A failure of the task's own does not hold
 * up other tasks, and after `tries_max` of them the task is given up.
 */
export class Retries {
  readonly #options: RetriesOptions;
  readonly #tasks = new Map<string, Task>();
  /** By key, failures that were the task's own. */
  readonly #failures = new Map<string, number>();
  readonly #bytes = new Map<string, number>();
  #all_bytes = 0;
  #wait_ms: number;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #closed = false;

  constructor(options: RetriesOptions) {
    this.#options = options;
    this.#wait_ms = options.first_wait_ms;
  }

  get size(): number {
    return this.#tasks.size;
  }

  /** Bytes of all tasks that wait. */
  get bytes(): number {
    return this.#all_bytes;
  }

  bytesOf(owner: string): number {
    return this.#bytes.get(owner) ?? 0;
  }

  /** Keeps a task that failed just now. A task that waits under the same key is replaced. */
  add(key: string, task: Task, error: unknown): void {
    this.forget(key);
    this.#tasks.set(key, task);
    if (!this.#options.isOfPlace(error)) this.#failures.set(key, 1);
    this.#count(task.owner, task.bytes);
    this.#schedule();
  }

  /** To be called when the task was done in another way. */
  forget(key: string): void {
    const task = this.#tasks.get(key);
    if (!task) return;
    this.#tasks.delete(key);
    this.#failures.delete(key);
    this.#count(task.owner, -task.bytes);
  }

  /** Resolves when no try is under way; from then on none starts by itself. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  /** One turn now, also when closed. Never rejects. */
  async tryAll(isOver: () => boolean = () => false): Promise<void> {
    let has_failed = false;
    for (const [key, task] of [...this.#tasks]) {
      if (isOver()) return;
      const outcome = await this.#try(key, task);
      if (outcome !== 'done') has_failed = true;
      if (outcome === 'of the place') break;
    }
    const { first_wait_ms, longest_wait_ms } = this.#options;
    this.#wait_ms = has_failed ? Math.min(this.#wait_ms * 2, longest_wait_ms) : first_wait_ms;
  }

  async #try(key: string, task: Task): Promise<'done' | 'its own' | 'of the place'> {
    try {
      await task.work();
      this.#forgetIf(key, task);
      return 'done';
    } catch (error) {
      if (this.#options.isOfPlace(error)) return 'of the place';
      const failures = (this.#failures.get(key) ?? 0) + 1;
      if (this.#tasks.get(key) === task) this.#failures.set(key, failures);
      if (failures >= this.#options.tries_max && (await this.#options.giveUp(key, error)))
        this.#forgetIf(key, task);
      return 'its own';
    }
  }

  /** Forgets the task, unless another one has taken its place meanwhile. */
  #forgetIf(key: string, task: Task): void {
    if (this.#tasks.get(key) === task) this.forget(key);
  }

  #count(owner: string, bytes: number): void {
    const left_bytes = this.bytesOf(owner) + bytes;
    if (left_bytes > 0) this.#bytes.set(owner, left_bytes);
    else this.#bytes.delete(owner);
    this.#all_bytes += bytes;
  }

  #schedule(): void {
    if (this.#timer || this.#turn || this.#closed || this.#tasks.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#turn = this.tryAll(() => this.#closed).finally(() => {
        this.#turn = undefined;
        this.#schedule();
      });
      // It never rejects; this is for the linter.
      this.#turn.catch(() => undefined);
    }, this.#wait_ms).unref();
  }
}

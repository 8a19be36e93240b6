import type { Caller } from './caller.js';
import type { Reply } from './envelope.js';
import { InvalidReplyError, RequestError, TooLargeError } from './errors.js';
import type { ReportShape } from './reports.js';
import { readRows, type Values } from './rows.js';
import { describeWindow, halve, type Window } from './window.js';

/** Rows of a window, or of a part of it. */
export interface Part {
  readonly rows: readonly Values[];
  /**
   * Whether the rows are a page of a cursor: they are in the report's order, and none of their keys is in another page.
   * Otherwise rows are in any order, and a key may come again.
   */
  readonly inOrder: boolean;
}

/** More than any report has: the client stops reading from a server whose cursor has no end. */
const MAX_PAGES = 100_000;

/** Reads windows of one report from one server, whatever their size. */
export class WindowReader {
  readonly #caller: Caller;
  readonly #shape: ReportShape;
  readonly #campaign_id: string;
  readonly #row_limit: number;
  readonly #signal: AbortSignal | undefined;
  /** Whether the server has cursors: undefined until it has answered. */
  #cursor: boolean | undefined;

  constructor(
    caller: Caller,
    shape: ReportShape,
    campaign_id: string,
    row_limit: number,
    signal: AbortSignal | undefined,
  ) {
    this.#caller = caller;
    this.#shape = shape;
    this.#campaign_id = campaign_id;
    this.#row_limit = row_limit;
    this.#signal = signal;
  }

  /**
   * All rows of a window. If the server has cursors, they are read page by page. Otherwise they are read in one reply, or in
   * halves if the server refuses the window as too large or may have cut the reply.
   *
   * @throws TooLargeError when a single second is still too large
   */
  async *read(window: Window): AsyncGenerator<Part, void, undefined> {
    let reply: Reply;
    try {
      reply = await this.#first(window);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      yield* this.#halves(window, error);
      return;
    }
    if (reply.next_cursor !== undefined) {
      yield* this.#pages(window, reply);
    } else if (this.#mayBeCut(reply)) {
      yield* this.#halves(window, undefined);
    } else {
      yield { rows: readRows(this.#shape, reply.data), inOrder: false };
    }
  }

  /** A server without cursors ignores `cursor=`, and its reply has no `next_cursor`. */
  async #first(window: Window): Promise<Reply> {
    if (this.#cursor === false) return this.#ask(window, undefined);
    try {
      const reply = await this.#ask(window, '');
      // A server with cursors may leave next_cursor out of a reply without rows.
      if (reply.next_cursor !== undefined) this.#cursor = true;
      else if (reply.data.length > 0) this.#cursor = false;
      return reply;
    } catch (error) {
      // Some servers refuse unknown parameters.
      const refused = error instanceof RequestError && (error.code ?? error.status) === 400;
      if (!refused || this.#cursor) throw error;
      const reply = await this.#ask(window, undefined);
      this.#cursor = false;
      return reply;
    }
  }

  async *#pages(window: Window, first: Reply): AsyncGenerator<Part, void, undefined> {
    let reply = first;
    for (let pages = 1; ; pages += 1) {
      yield { rows: readRows(this.#shape, reply.data), inOrder: true };
      const cursor: string | null | undefined = reply.next_cursor;
      if (cursor === null) return;
      if (cursor === undefined)
        throw new InvalidReplyError('A page has no next_cursor: the report may not be whole.');
      reply = await this.#ask(window, cursor);
      if (reply.next_cursor === cursor || pages >= MAX_PAGES) {
        throw new InvalidReplyError('The pages of the server have no end.');
      }
    }
  }

  #mayBeCut({ data, found }: Reply): boolean {
    return data.length >= this.#row_limit || (found ?? 0) > data.length;
  }

  async *#halves(window: Window, refusal: TooLargeError | undefined): AsyncGenerator<Part, void, undefined> {
    if (this.#shape.merging === 'never') {
      throw new TooLargeError(
        `${this.#shape.api} of ${describeWindow(window)} is too large for one reply, and parts of it cannot be added up. Ask for a shorter range.`,
        { cause: refusal },
      );
    }
    const halves = halve(window);
    if (!halves) {
      throw new TooLargeError(
        `The single second ${describeWindow(window)} is too large for one reply (${this.#row_limit} rows), and cannot be cut further.`,
        { ...(refusal?.status !== undefined && { status: refusal.status }), cause: refusal },
      );
    }
    for (const half of halves) {
      for await (const { rows } of this.read(half)) yield { rows, inOrder: false };
    }
  }

  #ask({ date_ini, date_end }: Window, cursor: string | undefined): Promise<Reply> {
    const query = {
      api: this.#shape.api,
      campaign_id: this.#campaign_id,
      date_ini,
      date_end,
      ...(cursor !== undefined && { cursor }),
    };
    return this.#caller.get('reports_manager.php', query, this.#signal);
  }
}

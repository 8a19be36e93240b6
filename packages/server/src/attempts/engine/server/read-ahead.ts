import { finished, type Readable } from 'node:stream';

/**
 * When a reader takes nothing for this long, something is read ahead for him: a server closes a connection on which it could send
 * nothing for 30 s. That is `http_send_timeout` of its default profile, which no statement can change.
 */
const PAUSE_MS = 15_000;
/**
 * How much is read ahead each time. It makes room in the connection's system buffers, which have up to some MiB. A sender goes on
 * when a third of its buffer is free.
 */
const AHEAD_BYTES = 2 * 1024 ** 2;
/** The most that is read ahead for one reader: enough for a pause of minutes. After that the server's timeout decides. */
const HELD_MAX_BYTES = 16 * 1024 ** 2;

/** Reads what a server sends at the reader's pace, but never so slowly that the server closes the connection. */
export class ReadAhead {
  readonly #stream: Readable;
  readonly #pause_ms: number;
  readonly #held: Buffer[] = [];
  #held_bytes = 0;
  /** Bytes that the reader took from the stream since the last look. */
  #taken_bytes = 0;
  /** Bytes that remain to be read ahead now. */
  #ahead_bytes = 0;
  #end: { readonly error: Error | null | undefined } | undefined;
  #wake: () => void = () => undefined;

  constructor(stream: Readable, pause_ms = PAUSE_MS) {
    this.#stream = stream;
    this.#pause_ms = pause_ms;
  }

  /** To be called once. @throws the stream's error */
  async *pieces(): AsyncGenerator<Buffer> {
    const timer = setInterval(() => this.#look(), this.#pause_ms);
    this.#stream.on('readable', () => this.#readable());
    finished(this.#stream, (error) => {
      this.#end = { error };
      this.#wake();
    });
    try {
      for (;;) {
        const piece = this.#shifted() ?? this.#taken();
        if (piece) yield piece;
        else if (this.#end?.error) throw this.#end.error;
        else if (this.#end) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearInterval(timer);
    }
  }

  /** Starts to read ahead, unless the reader took enough since the last look. */
  #look(): void {
    this.#ahead_bytes = AHEAD_BYTES - this.#taken_bytes;
    this.#taken_bytes = 0;
    this.#readAhead();
  }

  #readable(): void {
    this.#readAhead();
    this.#wake();
  }

  #readAhead(): void {
    while (this.#ahead_bytes > 0 && this.#held_bytes < HELD_MAX_BYTES) {
      const piece = this.#read();
      if (!piece) return; // it goes on when there is more
      this.#held.push(piece);
      this.#held_bytes += piece.length;
      this.#ahead_bytes -= piece.length;
    }
  }

  #read(): Buffer | undefined {
    const piece: Buffer | null = this.#stream.read();
    return piece ?? undefined;
  }

  #taken(): Buffer | undefined {
    const piece = this.#read();
    this.#taken_bytes += piece?.length ?? 0;
    return piece;
  }

  #shifted(): Buffer | undefined {
    const piece = this.#held.shift();
    this.#held_bytes -= piece?.length ?? 0;
    return piece;
  }
}

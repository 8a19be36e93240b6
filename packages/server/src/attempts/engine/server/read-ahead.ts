import { finished, type Readable } from 'node:stream';

/**
 * A reader who takes nothing for so long has something read ahead for him: a server breaks a connection off on which it could
 * send nothing for 30 s. That is `http_send_timeout` of its default profile, which no statement changes.
 */
const PAUSE_MS = 15_000;
/**
 * Read ahead each time: it makes room in the system's buffers of the connection, which have up to some MiB. A sender goes on
 * when a third of his is free.
 */
const AHEAD_BYTES = 2 * 1024 ** 2;
/** What is read ahead for one reader at most: minutes of a pause. Then the server's patience decides. */
const HELD_MAX_BYTES = 16 * 1024 ** 2;

/** What a server sends, at its reader's pace, but never so slowly that the server takes him for gone. */
export class ReadAhead {
  readonly #stream: Readable;
  readonly #pause_ms: number;
  readonly #held: Buffer[] = [];
  #held_bytes = 0;
  /** Bytes that the reader took from the stream since the last look. */
  #taken_bytes = 0;
  /** Bytes that are to be read ahead now. */
  #ahead_bytes = 0;
  #end: { readonly error: Error | null | undefined } | undefined;
  #wake: () => void = () => undefined;

  constructor(stream: Readable, pause_ms = PAUSE_MS) {
    this.#stream = stream;
    this.#pause_ms = pause_ms;
  }

  /** To be called once. @throws what the stream fails of */
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

  /** Whoever took enough since the last look needs nothing. */
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

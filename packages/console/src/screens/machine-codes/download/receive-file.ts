/** How much of a file is here. */
export interface Received {
  readonly bytes: number;
  /** Undefined: its rows can't be counted before it is whole. */
  readonly rows: number | undefined;
  /** Undefined: the service makes the file while it sends it. */
  readonly total_bytes: number | undefined;
}

/** A file that is larger than the browser should keep. */
export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** A file of which only a part arrived. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

/** Script memory that a file takes at most: what is more is handed to the browser, which may put it on the disk. */
const FOLD_BYTES = 8 * 1024 ** 2;

/**
 * The largest file that is kept until it is whole: all columns of some seven million telephones as `ndjson`. Chromium has room for at
 * least as much on every machine with 20 GB of free disk.
 */
export const FILE_MAX_BYTES = 2_000_000_000;

/** Progress is told as often as an eye follows. */
const TELL_EVERY_MS = 250;

const LINE_FEED = 0x0a;

interface Receiving {
  /** Lines before the first row; undefined: the file is not made of lines. */
  readonly head_lines: number | undefined;
  readonly onProgress: (received: Received) => void;
  readonly max_bytes?: number;
}

/**
 * Receives a file, and says how much of it is here. Its bytes are in the script's memory for a moment only: they become parts of a
 * `Blob`, which the browser keeps outside of it, and a `Blob` of these parts copies none of them. So a file of a million telephones is
 * held once, and half a file is never handed out.
 *
 * @throws FileTooLarge, BrokenOff; what `signal` of the call was aborted with
 */
export async function receiveFile(reply: Response, receiving: Receiving): Promise<Blob> {
  const { head_lines, onProgress, max_bytes = FILE_MAX_BYTES } = receiving;
  const total_bytes = lengthOf(reply);
  const parts: Blob[] = [];
  let [folding, folding_bytes, bytes, lines, told_ms]: [
    Uint8Array<ArrayBuffer>[],
    number,
    number,
    number,
    number,
  ] = [[], 0, 0, 0, 0];
  const fold = () => {
    parts.push(new Blob(folding));
    [folding, folding_bytes] = [[], 0];
  };
  const tell = () => {
    const rows = head_lines === undefined ? undefined : Math.max(0, lines - head_lines);
    onProgress({ bytes, rows, total_bytes });
  };
  for await (const chunk of chunksOf(reply)) {
    bytes += chunk.length;
    if (bytes > max_bytes) throw new FileTooLarge();
    if (head_lines !== undefined) lines += linesIn(chunk);
    folding.push(chunk);
    folding_bytes += chunk.length;
    if (folding_bytes >= FOLD_BYTES) fold();
    if (performance.now() - told_ms < TELL_EVERY_MS) continue;
    told_ms = performance.now();
    tell();
  }
  fold();
  tell();
  return new Blob(parts, { type: reply.headers.get('content-type') ?? '' });
}

async function* chunksOf({ body }: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  if (!reader) return;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(brokenOff);
      if (done) return;
      yield value;
    }
  } finally {
    // Where it was not read to its end, nobody wants the rest.
    reader.cancel().catch(() => undefined);
  }
}

function brokenOff(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new BrokenOff(String(error));
}

/** The bytes that come, where the reply tells and does not compress them. */
function lengthOf({ headers }: Response): number | undefined {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? undefined : Number(length);
}

/** No text of the table has a line feed, so each ends a row. */
function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
  return lines;
}

/** Bytes of a file that a preview reads, and lines that it shows: the first look at a file of any size. */
const PREVIEW_BYTES = 4_096;
export const PREVIEW_LINES = 8;
/** A line can be a page of ids: its beginning is enough. */
const LINE_CHARS = 160;

export interface Preview {
  readonly lines: readonly string[];
  /** Whether the file goes on after these. */
  readonly is_cut: boolean;
}

/** Reads the beginning of a reply and lets the rest go: the service stops writing it. */
export async function readPreview(body: ReadableStream<Uint8Array> | null): Promise<Preview> {
  if (!body) return { lines: [], is_cut: false };
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return previewOf(text + decoder.decode(), false);
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes < PREVIEW_BYTES) continue;
    await reader.cancel();
    return previewOf(text, true);
  }
}

function previewOf(text: string, is_cut: boolean): Preview {
  // Entries of JSON stand on one line: for people each has its own.
  const lines = text.replace(/\},\{/g, '},\n{').split(/\r?\n/);
  // The last one is empty, or may be half a line.
  const last = lines.pop() ?? '';
  if (last !== '' && (!is_cut || lines.length === 0)) lines.push(last);
  const shown = lines.slice(0, PREVIEW_LINES);
  const short = shown.map((line) => (line.length > LINE_CHARS ? `${line.slice(0, LINE_CHARS)}…` : line));
  return { lines: short, is_cut: is_cut || lines.length > PREVIEW_LINES };
}

/** What has come of a file. */
export interface Received {
  readonly bytes: number;
  readonly lines: number;
}

const LINE_END = 10;

/** Reads a reply whole, and tells how far it has come. @throws TypeError where it breaks off: then there is no file */
export async function readWhole(reply: Response, tell: (received: Received) => void): Promise<Blob> {
  let received: Received = { bytes: 0, lines: 0 };
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      let lines = 0;
      for (const byte of chunk) if (byte === LINE_END) lines += 1;
      received = { bytes: received.bytes + chunk.byteLength, lines: received.lines + lines };
      tell(received);
      controller.enqueue(chunk);
    },
  });
  // The browser keeps what is large on the disk.
  return new Response(reply.body?.pipeThrough(counting)).blob();
}

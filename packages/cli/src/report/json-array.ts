const LINE_FEED = 0x0a;

/** Turns NDJSON into one JSON array, piece by piece: a line end between two rows becomes a comma and a line end. */
export async function* asJsonArray(lines: AsyncIterable<Buffer>): AsyncGenerator<Buffer | string> {
  yield '[';
  let between = false;
  for await (const piece of lines) {
    let start = 0;
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
      if (between) yield ',\n';
      yield piece.subarray(start, end);
      start = end + 1;
      between = true;
    }
    if (start < piece.length) {
      if (between) yield ',\n';
      yield piece.subarray(start);
      between = false;
    }
  }
  yield ']\n';
}

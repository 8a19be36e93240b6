import { writeWhole } from './write-whole.js';

/** Writes into a file, whole or not at all, or to the terminal as it comes. */
export async function writeOut(
  output: string | undefined,
  pieces: AsyncIterable<Buffer | string>,
): Promise<void> {
  if (output !== undefined) {
    await writeWhole(output, `${output}.${process.pid}.tmp`, pieces);
    return;
  }
  for await (const piece of pieces) {
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
}

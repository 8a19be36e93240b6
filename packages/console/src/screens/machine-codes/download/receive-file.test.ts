import { expect, test } from 'vitest';
import { BrokenOff, FileTooLarge, type Received, receiveFile } from './receive-file.js';

/** A reply whose body comes in these pieces; an error breaks it off. */
function reply(pieces: readonly (string | Error)[], headers: Record<string, string> = {}): Response {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });
  return new Response(body, { headers });
}

async function received(sent: Response, head_lines: number | undefined, max_bytes?: number) {
  const told: Received[] = [];
  const onProgress = (progress: Received) => told.push(progress);
  const file = await receiveFile(sent, { head_lines, onProgress, ...(max_bytes && { max_bytes }) });
  return { text: await file.text(), type: file.type, last: told.at(-1) };
}

test('every byte, in its order, and the rows below the headings', async () => {
  const sent = reply(['telephone\r\n57', '3001\r\n573002\r\n', '', '573003\r\n'], {
    'content-type': 'text/csv',
  });
  expect(await received(sent, 1)).toEqual({
    text: 'telephone\r\n573001\r\n573002\r\n573003\r\n',
    type: 'text/csv',
    last: { bytes: 35, rows: 3, total_bytes: undefined },
  });
});

test('a file of many folds is whole', async () => {
  const piece = `${'x'.repeat(1024 ** 2 - 1)}\n`;
  const { text, last } = await received(reply(Array<string>(20).fill(piece)), 0);
  expect(text === piece.repeat(20)).toBe(true);
  expect(last).toMatchObject({ rows: 20, bytes: 20 * 1024 ** 2 });
});

test('a file that is not made of lines tells how large it will be, and no rows', async () => {
  const { last } = await received(reply(['PAR1\n\n'], { 'content-length': '6' }), undefined);
  expect(last).toEqual({ bytes: 6, rows: undefined, total_bytes: 6 });
});

test('the length of compressed bytes says nothing of the file', async () => {
  const sent = reply(['abc'], { 'content-length': '2', 'content-encoding': 'gzip' });
  expect((await received(sent, 0)).last?.total_bytes).toBeUndefined();
});

test('an empty file has no rows', async () => {
  expect(await received(reply([]), 1)).toMatchObject({ text: '', last: { bytes: 0, rows: 0 } });
  expect(await received(new Response(null), 0)).toMatchObject({ text: '', last: { bytes: 0 } });
});

test('half a file is none', async () => {
  await expect(received(reply(['57300', new TypeError('network error')]), 0)).rejects.toThrow(BrokenOff);
});

test('who cancelled is not told that it broke off', async () => {
  const cancelled = new DOMException('cancelled', 'AbortError');
  await expect(received(reply(['57300', cancelled]), 0)).rejects.toBe(cancelled);
});

test('a file that is too large ends, and the rest is not asked for', async () => {
  let is_cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(60)),
    cancel: () => {
      is_cancelled = true;
    },
  });
  await expect(received(new Response(body), 0, 100)).rejects.toThrow(FileTooLarge);
  expect(is_cancelled).toBe(true);
});

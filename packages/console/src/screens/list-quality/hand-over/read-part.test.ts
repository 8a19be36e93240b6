import { expect, test } from 'vitest';
import { PREVIEW_LINES, type Received, readPreview, readWhole } from './read-part.js';

/** A body of chunks, which tells whether it was let go. */
function bodyOf(chunks: readonly string[]) {
  const state = { is_cancelled: false, given: 0 };
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const chunk = chunks[state.given];
        state.given += 1;
        if (chunk === undefined) controller.close();
        else controller.enqueue(encoder.encode(chunk));
      },
      cancel() {
        state.is_cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, state };
}

test('a short file is shown whole', async () => {
  expect(await readPreview(bodyOf(['573001\n5730', '02\n']).body)).toEqual({
    lines: ['573001', '573002'],
    is_cut: false,
  });
  expect(await readPreview(bodyOf([]).body)).toEqual({ lines: [], is_cut: false });
});

test('of a long file whole lines are shown, and the rest is let go', async () => {
  const { body, state } = bodyOf(Array.from({ length: 1_000 }, (_, at) => `${at}\n`.padStart(101, '0')));
  const { lines, is_cut } = await readPreview(body);
  expect([lines.length, is_cut]).toEqual([PREVIEW_LINES, true]);
  expect(state.is_cancelled).toBe(true);
  expect(state.given).toBeLessThan(50);
});

test('entries of JSON have a line each, and a line without an end is cut', async () => {
  expect((await readPreview(bodyOf(['[{"a":1},{"a":2}]']).body)).lines).toEqual(['[{"a":1},', '{"a":2}]']);
  const [line = ''] = (await readPreview(bodyOf(['1,'.repeat(5_000)]).body)).lines;
  expect(line).toHaveLength(161);
});

test('a download is counted as it comes, and is what was sent', async () => {
  const told: Received[] = [];
  const { body } = bodyOf(['573001\n57', '3002\n']);
  const blob = await readWhole(new Response(body), (received) => told.push(received));
  expect(await blob.text()).toBe('573001\n573002\n');
  expect(told).toEqual([
    { bytes: 9, lines: 1 },
    { bytes: 14, lines: 2 },
  ]);
});

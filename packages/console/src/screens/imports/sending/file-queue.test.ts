import { setImmediate } from 'node:timers/promises';
import type { ImportDocument } from '@recuento/contract';
import { expect, test } from 'vitest';
import { FILES_MAX, FileQueue } from './file-queue.js';
import type { sendFile } from './send-file.js';

/** A sender whose replies the test gives. */
function byHand() {
  const sent: { name: string; end: (failure?: Error) => void; progress: (bytes: number) => void }[] = [];
  const send: typeof sendFile = (_address, file, { signal, onSent }) =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      const end = (failure?: Error) => (failure ? reject(failure) : resolve({} as ImportDocument));
      sent.push({ name: file.name, end, progress: onSent });
    });
  return { sent, queue: new FileQueue(send) };
}

const fileOf = (name: string) => new File(['x'], name);
const order = { address: '/v1/imports', onEnd: () => undefined };
const kinds = (queue: FileQueue) => queue.files().map(({ state }) => state.kind);

test('files are sent one after another, in the order in which they were chosen', async () => {
  const { sent, queue } = byHand();
  queue.add([fileOf('a'), fileOf('b'), fileOf('c')]);
  expect(kinds(queue)).toEqual(['chosen', 'chosen', 'chosen']);
  for (const { id } of queue.files()) queue.order(id, order);
  expect(kinds(queue)).toEqual(['sending', 'waiting', 'waiting']);
  sent[0]?.progress(7);
  expect(queue.files()[0]?.state).toEqual({ kind: 'sending', sent_bytes: 7 });
  sent[0]?.end();
  await setImmediate();
  sent[1]?.end(new Error('no'));
  await setImmediate();
  expect(kinds(queue)).toEqual(['imported', 'failed', 'sending']);
  expect(sent.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('one that is stopped lets the next go, and one that waits is never sent', async () => {
  const { sent, queue } = byHand();
  queue.add([fileOf('a'), fileOf('b'), fileOf('c')]);
  const [a, b, c] = queue.files().map(({ id }) => id);
  for (const { id } of queue.files()) queue.order(id, order);
  queue.stop(b ?? 0);
  queue.stop(a ?? 0);
  await setImmediate();
  expect(kinds(queue)).toEqual(['stopped', 'stopped', 'sending']);
  queue.remove(c ?? 0);
  await setImmediate();
  expect(kinds(queue)).toEqual(['stopped', 'stopped']);
  expect(queue.isSending).toBe(false);
  expect(sent.map(({ name }) => name)).toEqual(['a', 'c']);
  // The same file again.
  queue.order(a ?? 0, order);
  expect(kinds(queue)).toEqual(['sending', 'stopped']);
});

test('it is told when a file has ended, and has room for so many', async () => {
  const { sent, queue } = byHand();
  let ended = 0;
  expect(queue.add(Array.from({ length: FILES_MAX + 2 }, (_, at) => fileOf(String(at))))).toBe(2);
  queue.order(queue.files()[0]?.id ?? 0, { ...order, onEnd: () => (ended += 1) });
  sent[0]?.end();
  await setImmediate();
  expect(ended).toBe(1);
});

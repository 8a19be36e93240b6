import { expect, test } from 'vitest';
import { newSending, type Sending, send } from './send-list.js';

const TERMS = { reason: 'gone', until: '2026-12-31T00:00:00-05:00' };

/** A service that keeps what it was sent, and loses the reply of some calls. */
function service(lost: readonly number[] = []) {
  const bodies: { telephones: string[]; reason: string; until: string }[] = [];
  const aside = new Set<string>();
  return {
    bodies,
    aside,
    async documentOf<Document>(_path: string, sent: { body?: unknown } = {}): Promise<Document> {
      const body = sent.body as (typeof bodies)[number];
      bodies.push(body);
      const before = aside.size;
      for (const telephone of body.telephones) aside.add(telephone);
      if (lost.includes(bodies.length)) throw new Error('no reply');
      return { id: String(bodies.length), telephones_taken: aside.size - before } as Document;
    },
  };
}

test('a short list is one act', async () => {
  const { bodies, documentOf } = service();
  const done = await send({ documentOf }, newSending(['1', '2'], TERMS), 10, () => undefined);
  expect(done).toMatchObject({ state: 'done', sent: 2, taken: 2, acts: ['1'] });
  expect(bodies).toEqual([{ telephones: ['1', '2'], ...TERMS }]);
});

test('a long list goes in parts, each with its reason, and is told of as it goes', async () => {
  const { bodies, documentOf } = service();
  const told: Sending[] = [];
  await send({ documentOf }, newSending(['1', '2', '3', '4', '5'], TERMS), 2, (now) => told.push(now));
  expect(bodies.map(({ reason }) => reason)).toEqual(['gone (1/3)', 'gone (2/3)', 'gone (3/3)']);
  expect(told.map(({ sent }) => sent)).toEqual([0, 2, 4, 5, 5]);
});

test('a part whose reply was lost is sent again as it was, and nothing is left out', async () => {
  const { bodies, aside, documentOf } = service([2]);
  const numbers = ['1', '2', '3', '4', '5'];
  const failed = await send({ documentOf }, newSending(numbers, TERMS), 2, () => undefined);
  expect(failed).toMatchObject({ state: 'failed', sent: 2, acts: ['1'], error: new Error('no reply') });
  const done = await send({ documentOf }, failed, 2, () => undefined);
  expect(done).toMatchObject({ state: 'done', sent: 5, acts: ['1', '3', '4'] });
  expect(done.error).toBeUndefined();
  expect(bodies[2]).toEqual(bodies[1]);
  expect([...aside]).toEqual(numbers);
});

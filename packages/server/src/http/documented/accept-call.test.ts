import fastify from 'fastify';
import { expect, test } from 'vitest';
import { madeAndCounted } from './accept-call.js';

/** A lease whose count succeeds, or fails, when the test says so. */
function lease() {
  let count = () => {};
  let fail = (_error: Error) => {};
  const counted = new Promise<void>((resolve, reject) => {
    count = resolve;
    fail = reject;
  });
  counted.catch(() => undefined);
  const state = { released: 0 };
  const release = async () => {
    state.released += 1;
  };
  return { quota: { limit: 9, left: 8, reset_s: 1 }, counted, release, count, fail, state };
}

/** The reply to a call with this lease. By default its body is made at once. */
function answered(one: ReturnType<typeof lease>, make: () => Promise<string> = async () => 'made') {
  const app = fastify();
  app.get('/', (_request, reply) =>
    madeAndCounted(reply, one, async () => {
      reply.header('Content-Encoding', 'gzip').header('ETag', '"1"');
      return make();
    }),
  );
  return app.inject('/');
}

test('a finished reply waits until its call is counted, and keeps the slot', async () => {
  const one = lease();
  let is_told = false;
  const reply = answered(one).then((told) => {
    is_told = true;
    return told;
  });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(is_told).toBe(false);
  one.count();
  const { statusCode, body, headers } = await reply;
  expect([statusCode, body, headers.etag, one.state.released]).toEqual([200, 'made', '"1"', 0]);
});

test('a call that could not be counted is an error without the headers of its reply, and its slot is free', async () => {
  const one = lease();
  one.fail(new Error('the disk failed'));
  const { statusCode, headers } = await answered(one);
  expect([statusCode, headers.etag, headers['content-encoding']]).toEqual([500, undefined, undefined]);
  expect(one.state.released).toBe(1);
});

test('a failed reply waits until its call is counted, and its slot is free', async () => {
  const one = lease();
  one.count();
  const { statusCode, json } = await answered(one, () => Promise.reject(new Error('too many rows')));
  expect([statusCode, one.state.released]).toEqual([500, 1]);
  expect(json().message).toBe('too many rows');
});

import { MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { UploadRoom } from './upload-room.js';

let app = Fastify();
afterEach(() => app.close());

const LET_GO = new Set<() => void>();
const letGo = () => {
  for (const go of LET_GO) go();
  LET_GO.clear();
};

/** A server whose uploads stay under way until `letGo`. */
function serverWith(room: UploadRoom): {
  entered: string[];
  send: (name: string, bytes: number) => Promise<number>;
} {
  const entered: string[] = [];
  app = Fastify({ bodyLimit: MAX_BODY_BYTES });
  app.post<{ Querystring: { name: string } }>(
    '/',
    { onRequest: (request, reply) => room.admit(request, reply) },
    async (request) => {
      entered.push(request.query.name);
      await new Promise<void>((resolve) => LET_GO.add(resolve));
      return '';
    },
  );
  app.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof RecuentoError ? error.status : 500).send(),
  );
  const send = async (name: string, bytes: number) => {
    const payload = Buffer.alloc(bytes, ' ');
    const headers = { 'content-type': 'text/plain' };
    return (await app.inject({ method: 'POST', url: `/?name=${name}`, headers, payload })).statusCode;
  };
  return { entered, send };
}

const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

test('bodies enter up to the bound, and the rest in their order as room is left', async () => {
  const { entered, send } = serverWith(new UploadRoom(100));
  const all = [send('a', 60), send('b', 40), send('c', 50), send('d', 1)];
  await soon();
  expect(entered).toEqual(['a', 'b']);
  letGo();
  await soon();
  expect(entered).toEqual(['a', 'b', 'c', 'd']);
  letGo();
  expect(await Promise.all(all)).toEqual([200, 200, 200, 200]);
});

test('one that waits too long is refused with 503, and those behind it enter', async () => {
  const { entered, send } = serverWith(new UploadRoom(100, 200));
  const first = send('a', 60);
  await soon();
  const large = send('b', 100);
  await soon();
  const small = send('c', 40);
  expect(await large).toBe(503);
  await soon();
  expect(entered).toEqual(['a', 'c']);
  letGo();
  expect(await Promise.all([first, small])).toEqual([200, 200]);
});

import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { afterAll, expect } from 'vitest';
import type { Exchange } from './documented-replies.js';

/**
 * Holds every reply of every service that a test file starts against the OpenAPI document: a status, a media type, a
 * field that it does not say fails the file. Fastify tells of each instance that is made, before it has any route.
 */
const faults: Promise<string | undefined>[] = [];

subscribe('fastify.initialization', (message) => {
  if (!tellsOfFastify(message)) return;
  message.fastify.addHook('onRequest', async (request, reply) => {
    watch(reply.raw, (body) => ({
      method: request.method,
      url: request.url,
      status: reply.raw.statusCode,
      headers: reply.getHeaders(),
      body,
    }));
  });
});

afterAll(async () => {
  const found = await Promise.all(faults);
  expect([...new Set(found.filter((fault) => fault !== undefined))]).toEqual([]);
});

function watch(raw: ServerResponse, exchange: (body: Buffer) => Exchange): void {
  const written = new Written();
  raw.write = written.keeping(raw.write);
  raw.end = written.keeping(raw.end);
  // Not when the caller hung up: then it was sent in part.
  raw.once('finish', () => expectDocumented(Promise.resolve(exchange(Buffer.concat(written.chunks)))));
}

/** Has the test file fail when the document does not say what came; undefined is nothing that came whole. */
export function expectDocumented(exchange: Promise<Exchange | undefined>): void {
  faults.push(exchange.then((one) => one && check(one)));
}

/** What is written to a reply. */
class Written {
  readonly chunks: Buffer[] = [];
  /** One of the methods may call the other with the same chunk. */
  #within = false;

  keeping<Method extends ServerResponse['write'] | ServerResponse['end']>(method: Method): Method {
    return new Proxy(method, {
      apply: (target, self, args) => {
        if (this.#within) return Reflect.apply(target, self, args);
        const [chunk]: unknown[] = args;
        if (typeof chunk === 'string' || chunk instanceof Uint8Array) this.chunks.push(Buffer.from(chunk));
        this.#within = true;
        try {
          return Reflect.apply(target, self, args);
        } finally {
          this.#within = false;
        }
      },
    });
  }
}

async function check(exchange: Exchange): Promise<string | undefined> {
  // Only where a service was started: most test files need none of it.
  const { undocumented } = await import('./documented-replies.js');
  return undocumented(exchange);
}

function tellsOfFastify(message: unknown): message is { fastify: FastifyInstance } {
  return typeof message === 'object' && message !== null && 'fastify' in message;
}

import { fdatasync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AttemptStore } from '../src/attempts/store.js';
import { attempt, type TestOperation, TestService } from './harness.js';
import { openSecondNode } from './second-node.js';

/**
 * Calls whose count does not reach the disk (docs/decisions/0035). The node's accounts are a real file, whose sync ends as the
 * system ends one of a disk that fails; what the node is told then, and what is there at its next start, is looked at over HTTP.
 */
let service: TestService;
let attempts: AttemptStore;
let operation: TestOperation;
beforeAll(async () => {
  const open = vi.spyOn(AttemptStore, 'open');
  service = await TestService.start();
  [attempts] = await Promise.all(open.mock.results.map(({ value }) => value));
});
afterAll(() => service.stop());

const REPORT =
  'reports_manager.php?api=campaign_8&campaign_id=1001&date_ini=20261003000000&date_end=20261003235959';
const LIMIT = 10;
/** Enough for whatever a call does beside its count, and beside the engine, to be done. */
const TURNS = 300;

type Node = Awaited<ReturnType<typeof openSecondNode>>;

/** A disk that brings everything down until it is told to fail; from then on nothing, and only when it is asked to end. */
class FailingDisk {
  #fails = false;
  #end = () => {};
  readonly #ended = new Promise<void>((resolve) => {
    this.#end = resolve;
  });

  readonly sync = async (fd: number) => {
    if (!this.#fails) return promisify(fdatasync)(fd);
    await this.#ended;
    throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' });
  };

  /** What comes of a call whose count is lost at once, or when all else of it was done. */
  async during<T>(call: () => Promise<T>, when: 'at once' | 'at last' = 'at last'): Promise<T> {
    this.#fails = true;
    if (when === 'at once') this.#end();
    const read = vi.spyOn(service.service.services.engine, 'read');
    const called = call();
    await turns();
    await Promise.allSettled(read.mock.results.map(({ value }) => value));
    read.mockRestore();
    await turns();
    this.#end();
    return called;
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
}

/** A node with a disk of its own, from a start to a stop. */
async function onNode<T>(work: (node: Node, disk: FailingDisk) => Promise<T>): Promise<T> {
  const disk = new FailingDisk();
  const node = await openSecondNode(service, attempts, disk.sync);
  try {
    return await work(node, disk);
  } finally {
    await node.close();
  }
}

function ask(node: Node, path: string, headers: Record<string, string> = {}) {
  return node.inject({ url: `/api/v2/${path}`, headers: { 'wolkvox-token': operation.token, ...headers } });
}

function expectUncounted({ statusCode, headers, body }: LightMyRequestResponse): void {
  expect([statusCode, JSON.parse(body)]).toEqual([
    503,
    expect.objectContaining({ code: 503, error: 'SERVICE UNAVAILABLE', data: [] }),
  ]);
  expect(headers).not.toHaveProperty('etag');
  expect(headers).not.toHaveProperty('content-encoding');
  expect(headers).not.toHaveProperty('vary');
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'retry-after': expect.any(String) });
}

const left = ({ headers }: LightMyRequestResponse) => Number(/r=(\d+)/.exec(String(headers.ratelimit))?.[1]);

async function newOperation(): Promise<void> {
  const limits = { calls_per_licence: LIMIT, max_simultaneous: 1 };
  operation = await service.operation({ licences: 1, limits });
  const dialed = Array.from({ length: 50 }, (_, at) =>
    attempt({ telephone: `5730012345${at}`, dialed_at: '2026-10-03T12:00:00-05:00' }),
  );
  await operation.upload(dialed);
}

interface Uncounted {
  readonly first: number;
  readonly path: string;
  readonly headers?: Record<string, string> | 'etag';
  readonly when?: 'at once';
}

const GZIP = { 'accept-encoding': 'gzip' };
/** Calls that make nothing but a reply; `first` are asked before, each of which is answered. */
const CALLS: [string, Uncounted][] = [
  ['a report', { first: 0, path: REPORT }],
  ['a report that is still made', { first: 0, path: REPORT, when: 'at once' }],
  ['a compressed report', { first: 0, path: REPORT, headers: GZIP }],
  ['a kept reply', { first: 1, path: REPORT }],
  ['a kept, compressed reply', { first: 1, path: REPORT, headers: GZIP }],
  ['what is unchanged', { first: 1, path: REPORT, headers: 'etag' }],
  ['what is of now', { first: 1, path: 'real_time.php?api=campaigns&campaign_id=all' }],
  ['what is known of a token', { first: 1, path: 'information.php?api=token_info' }],
];

test.each(CALLS)(
  '%s is not told where its count is not on the disk',
  async (_kind, { first, path, headers, when }) => {
    await newOperation();
    await onNode(async (node, disk) => {
      const replies = [];
      for (let call = 0; call < first; call += 1)
        replies.push(await ask(node, REPORT, headers === 'etag' ? {} : headers));
      expect(replies.map(({ statusCode }) => statusCode)).toEqual(replies.map(() => 200));
      expect(node.services.kept_replies.heldBy() > 0).toBe(first > 0);
      const sent = headers === 'etag' ? { 'if-none-match': String(replies[0]?.headers.etag) } : headers;
      expectUncounted(await disk.during(() => ask(node, path, sent), when));
      // Nor is any other, until a start reads what the disk has.
      expectUncounted(await ask(node, path, sent));
    });
    await onNode(async (node) => {
      const again = await ask(node, REPORT);
      expect(again.statusCode).toBe(200); // the slot is free
      // Those that were answered are counted, and no call is twice.
      expect(left(again)).toBeLessThanOrEqual(LIMIT - first - 1);
      expect(left(again)).toBeGreaterThanOrEqual(LIMIT - first - 2);
      for (let call = left(again); call > 0; call -= 1)
        expect((await ask(node, REPORT)).statusCode).toBe(200);
      expect((await ask(node, REPORT)).statusCode).toBe(403);
    });
  },
);

const UPLOADS: [string, unknown][] = [
  ['add_dnc', { telephone: '573001112233', days_block: 1 }],
  ['add_record&campaign_id=77', { customer_id: 'c', tel1: '573001112233' }],
  ['create_campaign', { campaign_name: 'new' }],
];

test.each(UPLOADS)('%s stores nothing where its count is not on the disk', async (api, entry) => {
  await newOperation();
  const { engine } = service.service.services;
  const insert = vi.spyOn(engine, 'insert');
  await onNode(async (node, disk) => {
    const headers = { 'wolkvox-token': operation.token };
    const url = `/api/v2/campaign.php?api=${api}`;
    const payload = JSON.stringify([entry]);
    expectUncounted(await disk.during(() => node.inject({ method: 'POST', url, headers, payload })));
  });
  expect(insert).not.toHaveBeenCalled();
  insert.mockRestore();
  const campaigns = await service.v1('GET', '/campaigns', operation.token);
  expect(await campaigns.json()).toMatchObject({ campaigns: [{ campaign_id: 1001 }] });
  await onNode(async (node) => expect((await ask(node, REPORT)).statusCode).toBe(200));
});

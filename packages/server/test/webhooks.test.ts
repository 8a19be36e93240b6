import {
  MAX_WEBHOOKS,
  type WebhookDocument,
  type WebhookTestDocument,
  webhookFailureReason,
} from '@recuento/contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { EventList } from './event-list.js';
import { ADMIN_TOKEN, type TestOperation, TestService } from './harness.js';
import { isSignedWith, type Manner, Receiver } from './receiver.js';
import { until } from './until.js';

const changes = new EventList('hygiene.changes');
const alarms = new EventList('alarms');

let service: TestService;
let mine: TestOperation;
let my_id: number;
let receiver: Receiver;
beforeAll(async () => {
  service = await TestService.start(
    { webhooks_may_reach: '127.0.0.1' },
    {},
    {
      event_sources: [changes, alarms],
      webhook_waits: { look_ms: 50, rest_ms: 100, first_ms: 50, longest_ms: 200 },
    },
  );
});
afterAll(() => service.stop());
beforeEach(async () => {
  receiver = await Receiver.start();
  mine = await service.operation();
  my_id = await idOf(mine);
});
afterEach(async () => {
  service.ahead_ms = 0;
  for (const webhook of await list()) await service.v1('DELETE', `/webhooks/${webhook.id}`, mine.token);
  await receiver.stop();
});

async function idOf({ server }: TestOperation): Promise<number> {
  return (await service.service.services.accounts.operations.byServer(server)).id;
}

interface Created extends Pick<WebhookDocument, 'id'> {
  readonly secret: string;
}

async function create(
  url = receiver.url,
  events: readonly string[] = ['hygiene.changes'],
  { token } = mine,
): Promise<Created> {
  const reply = await service.v1('POST', '/webhooks', token, { url, events });
  if (reply.status !== 201) throw new Error(await reply.text());
  return (await reply.json()) as Created;
}

async function list({ token } = mine, language = 'en'): Promise<readonly WebhookDocument[]> {
  const reply = await service.v1('GET', `/webhooks?lang=${language}`, token);
  const { webhooks } = (await reply.json()) as { webhooks: readonly WebhookDocument[] };
  return webhooks;
}

async function theOnly(): Promise<WebhookDocument> {
  const [webhook, ...more] = await list();
  if (!webhook || more.length > 0) throw new Error('there is not one webhook');
  return webhook;
}

async function tested({ id }: Pick<Created, 'id'>): Promise<WebhookTestDocument> {
  const reply = await service.v1('POST', `/webhooks/${id}/test`, mine.token);
  return (await reply.json()) as WebhookTestDocument;
}

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => ({ n: from + i }));

describe('webhooks', () => {
  test('are made with a secret that is shown once, listed, and deleted', async () => {
    const url = 'https://receiver.example/recuento?for=0042';
    const { id, secret } = await create(url, ['alarms', 'hygiene.changes']);
    expect(secret).toMatch(/^whsec_/);
    const reply = await service.v1('GET', '/webhooks', mine.token);
    const text = await reply.text();
    expect(text).not.toContain('whsec');
    expect(JSON.parse(text).webhooks).toMatchObject([
      { id, operation: mine.server, url, events: ['hygiene.changes', 'alarms'], state: 'in_step' },
    ]);
    expect((await service.v1('DELETE', `/webhooks/${id}`, mine.token)).status).toBe(204);
    expect((await service.v1('DELETE', `/webhooks/${id}`, mine.token)).status).toBe(404);
    expect(await list()).toEqual([]);
    const audit = await (await service.v1('GET', '/audit', mine.token)).json();
    const entries = [{ action: 'webhook.delete' }, { action: 'webhook.create' }];
    expect(audit).toMatchObject({ entries: entries.map((entry) => ({ ...entry, subject: id })) });
  });

  test(`are ${MAX_WEBHOOKS} of an operation at most`, async () => {
    for (let count = 0; count < MAX_WEBHOOKS; count += 1) await create();
    const refused = await service.v1('POST', '/webhooks', mine.token, {
      url: receiver.url,
      events: ['alarms'],
    });
    expect([refused.status, (await refused.json()) as unknown]).toMatchObject([409, { id: 'conflict' }]);
  });

  test.each([
    ['ftp://receiver.example/', 'does not begin with https://'],
    ['receiver.example', 'is no address'],
    ['https://user:password@receiver.example/', 'has a user or a password'],
    ['https://receiver.example/#here', 'has a fragment'],
    [`https://receiver.example/${'x'.repeat(1_024)}`, 'more than 1024'],
    ['https://127.0.0.2/', 'on a private network'],
    ['https://169.254.169.254/latest/meta-data', 'on a private network'],
    ['https://[::ffff:10.0.0.1]/', 'on a private network'],
    ['http://8.8.8.8/', 'begins with `http://`'],
  ])('are not sent to %s', async (url, reason) => {
    const reply = await service.v1('POST', '/webhooks', mine.token, { url, events: ['alarms'] });
    expect(reply.status).toBe(422);
    const body = await reply.json();
    expect(body).toMatchObject({ faults: [{ field: 'url', reason: expect.stringContaining(reason) }] });
  });

  test('are of the scope admin, and of one operation', async () => {
    const { id } = await create();
    const other = await service.operation();
    const reader = await mine.newToken(['report', 'ingest']);
    for (const [method, path, body] of [
      ['POST', '/webhooks', { url: receiver.url, events: ['alarms'] }],
      ['GET', '/webhooks', undefined],
      ['DELETE', `/webhooks/${id}`, undefined],
      ['POST', `/webhooks/${id}/test`, undefined],
    ] as const) {
      expect((await service.v1(method, path, reader, body)).status).toBe(403);
      const named = `${path}?operation=${mine.server}`;
      expect((await service.v1(method, named, other.token, body)).status).toBe(403);
      if (path.includes(id)) expect((await service.v1(method, path, other.token, body)).status).toBe(404);
    }
    expect(await list(other)).toEqual([]);
    const path = `/webhooks/${id}?operation=${mine.server}`;
    expect((await service.v1('DELETE', path, ADMIN_TOKEN)).status).toBe(204);
    expect(receiver.received).toEqual([]);
  });
});

describe('deliveries', () => {
  test('bring events of the operation in order, signed, and with where they end', async () => {
    const { id, secret } = await create();
    const other = await idOf(await service.operation());
    changes.add(other, [{ n: 'theirs' }]);
    alarms.add(my_id, [{ n: 'of another kind' }]);
    changes.add(my_id, numbers(1, 3));
    await until(() => receiver.data.length === 3);
    changes.add(my_id, numbers(4, 1_200));
    await until(() => receiver.data.length === 1_203);
    expect(receiver.data).toEqual(numbers(1, 1_203));
    for (const post of receiver.received) {
      const { headers, body } = post;
      expect(isSignedWith(secret, post)).toBe(true);
      expect(headers['content-type']).toBe('application/json');
      expect(headers['webhook-id']).toBe(body.id);
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1_000)).toBeLessThan(60);
      expect(body).toMatchObject({ event: 'hygiene.changes', operation: mine.server, webhook: id });
      expect(body.data.length).toBeLessThanOrEqual(500);
    }
    expect(receiver.received.at(-1)?.body.next).toBe('1203');
    const ids = receiver.received.map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(ids.length);
    await until(async () => (await theOnly()).state === 'in_step');
    const { last_success_at, last_failure } = await theOnly();
    expect([typeof last_success_at, last_failure]).toEqual(['string', null]);
  });

  test('come of both kinds, none waiting for the whole of the other', async () => {
    changes.add(my_id, numbers(1, 2_000));
    alarms.add(my_id, [{ n: 'alarm' }]);
    await create(receiver.url, ['hygiene.changes', 'alarms']);
    await until(() => receiver.data.length === 2_001);
    expect(receiver.received.slice(0, 2).map(({ body }) => body.event)).toContain('alarms');
    const posts = receiver.received.filter(({ body }) => body.event === 'hygiene.changes');
    expect(posts.flatMap(({ body }) => body.data)).toEqual(numbers(1, 2_000));
  });

  test('are found also where nobody told of them', async () => {
    await create();
    changes.add(my_id, numbers(1, 2), true);
    await until(() => receiver.data.length === 2);
  });

  test('are repeated as they were, until the receiver takes them, and then go on', async () => {
    receiver.manner = 500;
    const { secret } = await create();
    changes.add(my_id, numbers(1, 2));
    await until(() => receiver.received.length >= 2);
    changes.add(my_id, numbers(3, 2)); // comes while the first post is repeated
    await until(() => receiver.received.length >= 4);
    const [first, ...repeated] = [...receiver.received];
    if (!first) throw new Error('nothing came');
    for (const post of repeated) {
      expect([post.text, post.headers['webhook-id']]).toEqual([first.text, first.body.id]);
      expect(isSignedWith(secret, post)).toBe(true);
    }
    receiver.received.length = 0;
    receiver.manner = 204;
    await until(() => receiver.data.length >= 4);
    expect(receiver.data).toEqual(numbers(1, 4));
  });

  test.each([
    [500, 'status', 500],
    [404, 'status', 404],
    ['redirect', 'redirect', 307],
    ['reset', 'reset', null],
  ] satisfies [Manner, string, number | null][])(
    'that end with %s are told, with the reason in words',
    async (manner, failure, status) => {
      receiver.manner = manner;
      await create();
      changes.add(my_id, numbers(1, 7));
      await until(async () => (await theOnly()).state === 'retrying');
      const webhook = await theOnly();
      expect(webhook).toMatchObject({
        behind: [{ event: 'hygiene.changes', events: 7 }],
        last_success_at: null,
        last_failure: { failure, status },
      });
      const [spanish] = await list(mine, 'es');
      if (!webhook.last_failure || !spanish?.last_failure) throw new Error('no failure is told');
      const { failure: why } = webhook.last_failure;
      expect(webhook.last_failure.reason).toBe(webhookFailureReason(why, status, 'en'));
      expect(spanish.last_failure.reason).toBe(webhookFailureReason(why, status, 'es'));
      expect(webhook.failing_since).not.toBeNull();
      receiver.manner = 200;
      await until(async () => (await theOnly()).state === 'in_step');
      expect(receiver.data.slice(-7)).toEqual(numbers(1, 7));
      expect(await theOnly()).toMatchObject({ failing_since: null, next_try_at: null });
    },
  );

  test('that fail for a day count as failed; nothing is lost, and a test that succeeds has them go on', async () => {
    receiver.manner = 503;
    const webhook = await create();
    changes.add(my_id, numbers(1, 3));
    await until(async () => (await theOnly()).state === 'retrying');
    service.ahead_ms = 25 * 3_600_000;
    await until(async () => (await theOnly()).state === 'failed');
    const rare = Date.now() + service.ahead_ms + 5 * 3_600_000;
    await until(async () => Date.parse((await theOnly()).next_try_at ?? '') > rare);
    receiver.received.length = 0;
    expect(await tested(webhook)).toMatchObject({ delivered: false, failure: 'status', status: 503 });
    receiver.manner = 200;
    expect(await tested(webhook)).toEqual({ delivered: true, status: 200 });
    await until(async () => (await theOnly()).state === 'in_step');
    expect(receiver.data).toEqual(numbers(1, 3));
  });

  test('end when the webhook is deleted', async () => {
    receiver.manner = 500;
    const { id } = await create();
    changes.add(my_id, numbers(1, 1));
    await until(() => receiver.received.length >= 1);
    await service.v1('DELETE', `/webhooks/${id}`, mine.token);
    await until(() => receiver.open === 0);
    const posts = receiver.received.length;
    // Another webhook's delivery shows that time has passed for this one too.
    const other = await Receiver.start();
    await create(other.url);
    await until(() => other.data.length === 1);
    await other.stop();
    expect(receiver.received.length).toBeLessThanOrEqual(posts + 1);
    expect(await list()).toHaveLength(1);
  });

  test('wait for a source that fails, and lose nothing', async () => {
    let asked = 0;
    changes.beforePage = (id) => {
      asked += id === my_id ? 1 : 0;
      if (id === my_id && asked <= 2) throw new Error('the store is away');
    };
    await create();
    changes.add(my_id, numbers(1, 3));
    await until(() => receiver.data.length === 3);
    changes.beforePage = () => undefined;
    expect(receiver.data).toEqual(numbers(1, 3));
  });
});

describe('a test', () => {
  test('is signed like any other post, and tells what the receiver answered', async () => {
    const webhook = await create();
    expect(await tested(webhook)).toEqual({ delivered: true, status: 200 });
    const [post] = receiver.received;
    if (!post) throw new Error('nothing came');
    expect(isSignedWith(webhook.secret, post)).toBe(true);
    expect(post.body).toMatchObject({ event: 'test', operation: mine.server, webhook: webhook.id, data: [] });
    receiver.manner = 'redirect';
    const reason = webhookFailureReason('redirect', 307, 'en');
    expect(await tested(webhook)).toEqual({ delivered: false, failure: 'redirect', status: 307, reason });
  });

  test('is one at a time', async () => {
    const webhook = await create();
    receiver.manner = 'hang';
    const first = tested(webhook);
    await until(() => receiver.received.length === 1);
    // One goes to the service that has it under way, where there are two.
    const more = [0, 1].map(async () => {
      const { status } = await service.v1('POST', `/webhooks/${webhook.id}/test`, mine.token);
      if (status !== 409) throw new Error(`${status}`);
    });
    await Promise.any(more);
    await receiver.stop();
    expect(await first).toMatchObject({ delivered: false, failure: 'reset' });
    await Promise.allSettled(more);
    receiver = await Receiver.start();
  });
});

describe('a neighbour', () => {
  const BAD: readonly Manner[] = ['hang', 'trickle', 'flood', 'reset', 'interim'];

  test('gets its events while ten receivers of another operation stall, flood and reset', async () => {
    const bad = await Promise.all(BAD.map(() => Receiver.start()));
    BAD.forEach((manner, index) => {
      const one = bad[index];
      if (one) one.manner = manner;
    });
    const hostile = await service.operation();
    for (let count = 0; count < MAX_WEBHOOKS; count += 1) {
      await create(bad[count % bad.length]?.url, ['hygiene.changes'], hostile);
    }
    changes.add(await idOf(hostile), numbers(1, 5_000));
    await until(() => bad.every(({ received }) => received.length > 0));
    await create();
    for (let round = 0; round < 20; round += 1) {
      changes.add(my_id, numbers(round * 100 + 1, 100));
      await until(() => receiver.data.length === (round + 1) * 100);
    }
    expect(receiver.data).toEqual(numbers(1, 2_000));
    // Two webhooks each, which have one connection at most. (Others see a new one before they see that the last one ended.)
    for (const { manner, most_open } of bad) {
      if (manner === 'hang' || manner === 'trickle') expect(most_open).toBeLessThanOrEqual(2);
    }
    for (const { id } of await list(hostile)) await service.v1('DELETE', `/webhooks/${id}`, hostile.token);
    await Promise.all(bad.map((one) => one.stop()));
  });
});

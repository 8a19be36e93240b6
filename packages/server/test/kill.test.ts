import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADMIN_TOKEN } from './harness.js';
import { CAMPAIGNS, type Group, Ledger, mulberry32, telephoneOf } from './ledger.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

/**
 * What an acknowledgement is worth: the service is killed, or told to stop, while uploads are under way, and a new
 * start must find every acknowledged upload, and of the others each one whole or not at all. On servers: two-nodes/uploads.test.ts.
 */
/** More of them with RECUENTO_FUZZ=full. */
const KILLS = process.env.RECUENTO_FUZZ === 'full' ? 20 : 8;
const UPLOADERS = 4;
const CALLERS = 2;
/** Changes which moments are chosen; a failure prints it. */
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_261_103);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recuento-kill-'));
});
afterEach(async () => {
  await killAllSpawned();
  await rm(directory, { recursive: true, force: true });
});

test(`kill -9 during ingest, ${KILLS} times: nothing acknowledged is lost, nothing is there by half`, async () => {
  const random = mulberry32(SEED);
  let service = await SpawnedService.start(directory);
  const token = await newOperation(service.url);
  const ledger = new Ledger(random);
  let killed_uploads = 0;
  let calls = { answered: 0, sent: 0 };
  for (let round = 1; round <= KILLS; round += 1) {
    const work = new Traffic(service.url, token, ledger);
    // By what was acknowledged, not by the clock: on a slow machine as well, every kill has something to lose.
    const enough = ledger.acknowledged + 2 + Math.floor(random() * 4);
    while (ledger.acknowledged < enough) await sleep(2);
    await sleep(random() * 60);
    await service.kill();
    const { unanswered, answered, sent } = await work.ended();
    killed_uploads += unanswered;
    calls = { answered: calls.answered + answered, sent: calls.sent + sent };
    // Now and then it is killed again while it starts, that is while it finishes what the kill left half done.
    if (random() < 0.3) {
      const starting = SpawnedService.spawn(directory);
      await sleep(random() * 1_200);
      await starting.kill();
    }
    service = await SpawnedService.start(directory);
    const context = `seed ${SEED}, kill ${round}`;
    // Never too few; too many only by calls that were under way.
    const used = await callsUsed(service.url, token);
    expect(used, context).toBeGreaterThanOrEqual(calls.answered);
    expect(used, context).toBeLessThanOrEqual(calls.sent);
    calls = { answered: calls.answered + 1 + CAMPAIGNS, sent: calls.sent + 1 + CAMPAIGNS };
    const all = await report(service.url, token);
    expect(ledger.settle(all), context).toEqual([]);
    // The store has the attempts in several orders; what is there in one is there in the others.
    expect(await reportByCampaign(service.url, token), context).toEqual(all);
  }
  expect(await service.terminate()).toBe(0);
  // Without these the test would have shown nothing: kills met uploads under way, and uploads were acknowledged.
  expect(killed_uploads).toBeGreaterThan(KILLS / 2);
  expect(ledger.acknowledged).toBeGreaterThan(KILLS);
  expect(ledger.replaced).toBeGreaterThan(0);
  expect(ledger.lost_whole + ledger.kept_whole).toBe(killed_uploads);
}, 1_200_000);

test('kill -9 while customers come in: those acknowledged are named, and a retry names the others', async () => {
  const random = mulberry32(SEED);
  let service = await SpawnedService.start(directory);
  const token = await newOperation(service.url);
  const headers = { 'wolkvox-token': token, 'content-type': 'application/json' };
  const send = (path: string, body: unknown) =>
    fetch(service.url + path, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => undefined);
  const add = (batch: number, name: string) =>
    send(
      '/api/v2/campaign.php?api=add_record&campaign_id=1',
      telephonesOf(batch).map((tel1) => ({ customer_id: `c${tel1}`, tel1, customer_name: name })),
    );
  const dialed = Array.from({ length: CUSTOMER_BATCHES }, (_, batch) => telephonesOf(batch)).flat();
  const dial = { attempt_id: '1', campaign_id: 1, dialed_at: '2026-01-05T12:00:00Z', result: 'busy' };
  expect(
    (
      await send(
        '/v1/attempts',
        dialed.map((telephone) => ({ ...dial, telephone })),
      )
    )?.status,
  ).toBe(201);
  const names = new Map<string, string>(dialed.map((telephone) => [telephone, '']));
  let sent = 0;
  for (let round = 1; round <= 6; round += 1) {
    const killed = sleep(40 + random() * 400).then(() => service.kill());
    for (;;) {
      const [batch, name] = [sent % CUSTOMER_BATCHES, `n${sent}`];
      const reply = await add(batch, name);
      if (!reply) {
        await killed;
        service = await SpawnedService.start(directory);
        const found = await customerNames(service.url, token);
        for (const telephone of dialed) {
          const allowed = [names.get(telephone), ...(telephonesOf(batch).includes(telephone) ? [name] : [])];
          expect(allowed, `seed ${SEED}, kill ${round}, ${telephone}`).toContain(found.get(telephone));
        }
        expect((await add(batch, name))?.status).toBe(201);
      } else expect(reply.status).toBe(201);
      for (const telephone of telephonesOf(batch)) names.set(telephone, name);
      sent += 1;
      if (!reply) break;
    }
    expect(await customerNames(service.url, token), `seed ${SEED}, kill ${round}`).toEqual(names);
  }
  expect(sent).toBeGreaterThan(6);
}, 600_000);

test('SIGTERM during ingest: each upload is acknowledged and kept, or refused, and the exit code is 0', async () => {
  const random = mulberry32(SEED);
  const ledger = new Ledger(random);
  let service = await SpawnedService.start(directory);
  const token = await newOperation(service.url);
  for (let round = 1; round <= 3; round += 1) {
    const work = new Traffic(service.url, token, ledger);
    // A browser keeps such a spare connection; it is nothing to wait for.
    const silent = connect(Number(new URL(service.url).port), '127.0.0.1').on('error', () => undefined);
    await sleep(300 + random() * 400);
    const acknowledged = ledger.acknowledged;
    expect(await service.terminate()).toBe(0);
    silent.destroy();
    // Not because the time for the stop was up.
    expect(service.warnings.filter((message) => message.includes('still under way'))).toEqual([]);
    const { refusals } = await work.ended();
    // A stop lets what is under way finish, so nothing is refused but with 503 or by a closed connection.
    expect(refusals.filter((status) => status !== 503)).toEqual([]);
    expect(ledger.acknowledged).toBeGreaterThanOrEqual(acknowledged);
    service = await SpawnedService.start(directory);
    expect(ledger.settle(await report(service.url, token)), `seed ${SEED}, stop ${round}`).toEqual([]);
  }
  expect(ledger.acknowledged).toBeGreaterThan(UPLOADERS);
}, 600_000);

const CUSTOMER_BATCHES = 7;

function telephonesOf(batch: number): string[] {
  return Array.from({ length: 30 }, (_, index) => telephoneOf(batch, index));
}

/** By telephone, as `campaign_3` has them. */
async function customerNames(url: string, token: string): Promise<Map<string, string>> {
  const query = 'api=campaign_3&campaign_id=1&date_ini=20260105000000&date_end=20260105235959';
  const reply = await fetch(`${url}/api/v2/reports_manager.php?${query}`, {
    headers: { 'wolkvox-token': token },
  });
  const { data } = (await reply.json()) as { data: { telephone: string; customer_name: string }[] };
  return new Map(data.map(({ telephone, customer_name }) => [telephone, customer_name]));
}

/** Uploaders and callers of the documented API, each one request after another until the service is gone. */
class Traffic {
  #unanswered = 0;
  #answered = 0;
  #sent = 0;
  readonly #refusals: number[] = [];
  readonly #work: Promise<unknown>;
  readonly #url: string;
  readonly #headers: Record<string, string>;

  constructor(url: string, token: string, ledger: Ledger) {
    this.#url = url;
    this.#headers = { 'wolkvox-token': token };
    this.#work = Promise.all([
      ...Array.from({ length: UPLOADERS }, () => this.#uploads(ledger)),
      ...Array.from({ length: CALLERS }, () => this.#calls()),
    ]);
  }

  async ended() {
    await this.#work;
    return {
      unanswered: this.#unanswered,
      answered: this.#answered,
      sent: this.#sent,
      refusals: this.#refusals,
    };
  }

  async #uploads(ledger: Ledger): Promise<void> {
    for (const own: Group[] = []; ; ) {
      const { group, result, attempts } = ledger.next(own);
      const reply = await fetch(`${this.#url}/v1/attempts`, {
        method: 'POST',
        headers: { ...this.#headers, 'content-type': 'application/json' },
        body: JSON.stringify(attempts),
      }).catch(() => undefined);
      if (reply?.status === 201) ledger.confirm(group, result);
      else group.open.push(result);
      if (reply && reply.status !== 201) this.#refusals.push(reply.status);
      if (!reply) this.#unanswered += 1;
      // The status is the acknowledgement; a body that a kill cuts off takes nothing of it back.
      await reply?.arrayBuffer().catch(() => undefined);
      if (reply?.status !== 201) return;
    }
  }

  async #calls(): Promise<void> {
    const query = 'api=campaign_8&campaign_id=9&date_ini=20260101000000&date_end=20260101000000';
    for (;;) {
      this.#sent += 1;
      const url = `${this.#url}/api/v2/reports_manager.php?${query}`;
      const reply = await fetch(url, { headers: this.#headers }).catch(() => undefined);
      if (reply?.status !== 404) {
        // A 403 would be a slot that the killed service never gave back.
        if (reply) this.#refusals.push(reply.status);
        return;
      }
      this.#answered += 1;
      await reply.arrayBuffer().catch(() => undefined);
    }
  }
}

/** An operation that may ask for everything at once, with a day that doesn't end during the test. */
async function newOperation(url: string): Promise<string> {
  const post = async (path: string, body: unknown) => {
    const reply = await fetch(`${url}/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (reply.status !== 201) throw new Error(await reply.text());
    return (await reply.json()) as { token: string };
  };
  const limits = { max_rows: 1_000_000, max_window_days: 366 };
  await post('/operations', { server: '0001', name: 'kill', licences: 1_000, time_zone: noonZone(), limits });
  return (await post('/tokens', { operation: '0001', name: 'kill', scopes: ['report', 'ingest'] })).token;
}

/** A zone in which it is about noon; POSIX names count westward. */
function noonZone(): string {
  const east = 12 - new Date().getUTCHours();
  return east === 0 ? 'Etc/GMT' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`;
}

/** What the campaigns' own reports come to: each telephone is of one campaign. */
async function reportByCampaign(url: string, token: string): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (let campaign = 1; campaign <= CAMPAIGNS; campaign += 1)
    rows.push(...(await report(url, token, String(campaign))));
  return rows.sort((a, b) => (String(a.telephone) < String(b.telephone) ? -1 : 1));
}

async function report(url: string, token: string, campaign = 'all'): Promise<Record<string, string>[]> {
  const query = `api=campaign_8&campaign_id=${campaign}&date_ini=20260101000000&date_end=20261231235959`;
  const reply = await fetch(`${url}/api/v2/reports_manager.php?${query}`, {
    headers: { 'wolkvox-token': token },
  });
  const { code, data } = (await reply.json()) as { code: number; data: Record<string, string>[] };
  expect([200, 404]).toContain(code);
  return data;
}

async function callsUsed(url: string, token: string): Promise<number> {
  const reply = await fetch(`${url}/v1/usage`, { headers: { 'wolkvox-token': token } });
  return ((await reply.json()) as { calls_used: number }).calls_used;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADMIN_TOKEN, type SentAttempt } from './harness.js';
import { killAllSpawned, SpawnedService } from './spawned-service.js';

/**
 * What an acknowledgement is worth: the service is killed, or told to stop, while uploads are under way, and a new
 * start must find every acknowledged upload, and of the others each one whole or not at all.
 */
/** More of them with RECUENTO_FUZZ=full. */
const KILLS = process.env.RECUENTO_FUZZ === 'full' ? 20 : 8;
const UPLOADERS = 4;
const CALLERS = 2;
const CAMPAIGNS = 5;
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

/** Telephones of one batch and what became of its deliveries. All its attempts always carry one result. */
interface Group {
  readonly id: number;
  readonly months: readonly number[];
  /** What a report must show; undefined: none of it. */
  settled: string | undefined;
  /** Results of deliveries whose reply never came, since the last one that was acknowledged. */
  open: string[];
}

const TELEPHONES = 60;
const PER_MONTH = 8;

/** What was sent and acknowledged, and thus what may be there. */
class Ledger {
  acknowledged = 0;
  replaced = 0;
  lost_whole = 0;
  kept_whole = 0;
  readonly #groups: Group[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A batch to send: a new one, or one of the uploader's own again with another result. */
  next(own: Group[]): { group: Group; result: string; attempts: SentAttempt[] } {
    const known = own.length > 0 && this.#random() < 0.3 ? own[this.#below(own.length)] : undefined;
    const group = known ?? this.#newGroup();
    if (known) this.replaced += 1;
    else own.push(group);
    const others = MACHINE_RECOGNITIONS.filter((code) => code !== group.settled);
    const result = others[this.#below(others.length)] ?? 'busy';
    return { group, result, attempts: attemptsOf(group, result) };
  }

  confirm(group: Group, result: string): void {
    this.acknowledged += 1;
    group.settled = result;
    group.open = [];
  }

  /** Compares with a report of everything; what is found is what must be found from now on. */
  settle(rows: readonly Record<string, string>[]): string[] {
    const found = new Map<string, string[]>();
    for (const { telephone = '', ...counts } of rows) {
      const group = telephone.slice(0, -3);
      found.set(group, [...(found.get(group) ?? []), JSON.stringify(counts)]);
    }
    const faults: string[] = [];
    for (const group of this.#groups) {
      const seen = found.get(telephoneOf(group.id, 0).slice(0, -3));
      const result = seen && wholeResult(seen, group.months.length * PER_MONTH);
      const allowed = [group.settled, ...group.open];
      if ((seen && result === undefined) || !allowed.includes(result)) {
        const what = seen ? `${seen.length} telephones, the first ${seen[0]}` : 'nothing';
        faults.push(
          `batch ${group.id} should be ${allowed.map((code) => code ?? 'nothing').join(' or ')} and there is ${what}`,
        );
      }
      for (const lost of group.open) if (lost !== result) this.lost_whole += 1;
      if (group.open.length > 0 && result !== group.settled) this.kept_whole += 1;
      group.settled = result;
      group.open = [];
    }
    const known = new Set(this.#groups.map(({ id }) => telephoneOf(id, 0).slice(0, -3)));
    for (const id of found.keys()) if (!known.has(id)) faults.push(`${id} was never sent`);
    return faults;
  }

  #newGroup(): Group {
    const first = this.#below(10);
    // Half of them lie in one month, which the engine stores in one step; the others span several.
    const months = Array.from({ length: this.#random() < 0.5 ? 1 : 3 }, (_, i) => first + i);
    const group: Group = { id: this.#groups.length, months, settled: undefined, open: [] };
    this.#groups.push(group);
    return group;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** The one result that all telephones of a batch show, each with all its attempts once; else undefined. */
function wholeResult(seen: readonly string[], attempts: number): string | undefined {
  if (seen.length !== TELEPHONES || new Set(seen).size !== 1) return undefined;
  const counts: Record<string, string> = JSON.parse(seen[0] ?? '{}');
  if (counts.total_machine_recognitions !== String(attempts)) return undefined;
  return MACHINE_RECOGNITIONS.find((code) => counts[code] === String(attempts));
}

function telephoneOf(group: number, index: number): string {
  return `57${String(group).padStart(7, '0')}${String(index).padStart(3, '0')}`;
}

function attemptsOf(group: Group, result: string): SentAttempt[] {
  const attempts: SentAttempt[] = [];
  for (const month of group.months) {
    for (let dial = 0; dial < PER_MONTH; dial += 1) {
      for (let index = 0; index < TELEPHONES; index += 1) {
        attempts.push({
          attempt_id: `${month}-${dial}`,
          campaign_id: 1 + (group.id % CAMPAIGNS),
          telephone: telephoneOf(group.id, index),
          dialed_at: new Date(Date.UTC(2026, month, 5 + dial, 15, 0, index)).toISOString(),
          result,
        });
      }
    }
  }
  return attempts;
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

/** A small seeded generator (Mulberry32), so that a run can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

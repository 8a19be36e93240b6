import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RETESTS } from '../src/hygiene/quarantine/retests.js';
import { type TestOperation, TestService } from './harness.js';
import { type Ask, asKept, asking, Follower, history, putAside } from './quarantine/follower.js';
import { QuarantineModel } from './quarantine/model.js';
import { postCampaign } from './uploads.js';

/** Any acts, one after another and two at once, against a plain model. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const RUNS = process.env.RECUENTO_FUZZ === 'full' ? 200 : 12;
const START_S = Date.parse('2026-11-03T12:00:00Z') / 1_000;
const DAY_S = 86_400;

const telephone = fc.constantFrom('1', '10', '2', '3', 'ñ', "'", '\\', '😀');
const telephones = fc.array(telephone, { minLength: 1, maxLength: 6 });
const days = fc.integer({ min: 1, max: 5 });

const quarantine = fc.record({
  kind: fc.constant('quarantine' as const),
  telephones,
  days: fc.option(days, { nil: null }),
});
const restore = fc.record({ kind: fc.constant('restore' as const), telephones });
const undo = fc.record({ kind: fc.constant('undo' as const), back: fc.integer({ min: 1, max: 6 }) });
const block = fc.record({
  kind: fc.constant('block' as const),
  entries: fc.array(fc.tuple(telephone, days), { minLength: 1, maxLength: 4 }),
});
const wait = fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 3 }) });
const both = fc.record({
  kind: fc.constant('both' as const),
  acts: fc.tuple(quarantine, fc.oneof(quarantine, restore)),
});

type Quarantine = typeof quarantine extends fc.Arbitrary<infer T> ? T : never;
type Restore = typeof restore extends fc.Arbitrary<infer T> ? T : never;
type Step =
  | Quarantine
  | Restore
  | (typeof undo extends fc.Arbitrary<infer T> ? T : never)
  | (typeof block extends fc.Arbitrary<infer T> ? T : never)
  | (typeof wait extends fc.Arbitrary<infer T> ? T : never)
  | (typeof both extends fc.Arbitrary<infer T> ? T : never);

test('what is put aside, the changes and the history are those of a plain model', async () => {
  const steps = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: quarantine },
      { weight: 2, arbitrary: restore },
      { weight: 2, arbitrary: undo },
      { weight: 2, arbitrary: block },
      { weight: 2, arbitrary: wait },
      { weight: 2, arbitrary: both },
    ),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const run = new Run(await service.operation());
      for (const step of all) {
        await run.take(step);
        await run.compare();
      }
      await run.compareHistory();
    }),
    { numRuns: RUNS },
  );
}, 1_200_000);

class Run {
  readonly #operation: TestOperation;
  readonly #ask: Ask;
  readonly #model = new QuarantineModel();
  readonly #follower: Follower;
  #now_s = START_S;
  /** Numbers of acts that put aside. */
  readonly #quarantines: number[] = [];

  constructor(operation: TestOperation) {
    service.stands_at_ms = START_S * 1_000;
    this.#operation = operation;
    this.#ask = asking(() => service.service.url, operation.token);
    this.#follower = new Follower(this.#ask, 3);
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'quarantine':
        return this.#expectTaken(step, await this.#quarantine(step));
      case 'restore':
        return this.#expectRestored(step, await this.#restore(step));
      case 'undo': {
        const act = this.#quarantines.at(-step.back);
        if (act === undefined) return;
        const { json } = await this.#ask('POST', '/restore', { id: act });
        expect(json.telephones_restored).toBe(this.#model.undo(act, this.#now_s));
        return;
      }
      case 'block':
        return this.#block(step.entries);
      case 'wait': {
        // Further than two re-tests are apart, so that all that is due comes up.
        this.#now_s += step.days * DAY_S + RETESTS.every_ms / 1_000;
        service.stands_at_ms = this.#now_s * 1_000;
        await service.service.services.retests.look();
        this.#model.retest(this.#now_s);
        return;
      }
      case 'both':
        return this.#both(step.acts);
    }
  }

  /** What is put aside, as it is listed and as it is followed. */
  async compare(): Promise<void> {
    const rows = await putAside(this.#ask, '', 2);
    const found = new Map(
      rows.map(({ telephone: each, id, until }) => [
        each,
        { act: Number(id), until_s: until === null ? Number.POSITIVE_INFINITY : Date.parse(until) / 1_000 },
      ]),
    );
    expect(found).toEqual(this.#model.all(this.#now_s));
    await this.#follower.follow();
    expect(new Map([...this.#follower.put_aside].sort())).toEqual(new Map([...asKept(rows)].sort()));
  }

  /** All that a follower was told is in the history, and in its order. */
  async compareHistory(): Promise<void> {
    const told = (await history(this.#ask, '', 3)).reverse();
    let at = 0;
    for (const change of this.#follower.told) {
      const found = told.findIndex((entry, place) => place >= at && isSame(entry, change));
      expect(found, JSON.stringify(change)).toBeGreaterThanOrEqual(at);
      at = found + 1;
    }
    const keys = told.map(({ id, telephone: each }) => `${id} ${each}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const each of new Set(told.map((entry) => entry.telephone))) {
      const own = await history(this.#ask, `&telephone=${encodeURIComponent(each)}`);
      expect(own.reverse()).toEqual(told.filter((entry) => entry.telephone === each));
    }
  }

  #untilOf({ days: after }: Quarantine): number {
    return after === null ? Number.POSITIVE_INFINITY : this.#now_s + after * DAY_S;
  }

  async #quarantine(step: Quarantine): Promise<{ id: number; taken: number }> {
    const until_s = this.#untilOf(step);
    const until = Number.isFinite(until_s) ? new Date(until_s * 1_000).toISOString() : null;
    const body = { telephones: step.telephones, reason: 'a model', until };
    const { status, json } = await this.#ask('POST', '/quarantine', body);
    expect(status).toBe(201);
    return { id: Number(json.id), taken: json.telephones_taken };
  }

  #expectTaken(step: Quarantine, { id, taken }: { id: number; taken: number }): void {
    expect(taken).toBe(this.#model.quarantine(id, step.telephones, this.#untilOf(step), this.#now_s));
    this.#quarantines.push(id);
  }

  async #restore({ telephones: listed }: Restore): Promise<number> {
    const { status, json } = await this.#ask('POST', '/restore', { telephones: listed });
    expect(status).toBe(200);
    return json.telephones_restored;
  }

  #expectRestored({ telephones: listed }: Restore, restored: number): void {
    expect(restored).toBe(this.#model.restore(listed, this.#now_s));
  }

  async #block(entries: readonly (readonly [string, number])[]): Promise<void> {
    const sent = entries.map(([each, days_block]) => ({ telephone: each, days_block }));
    expect((await postCampaign(this.#operation, 'api=add_dnc', sent)).status).toBe(201);
    const [last] = (await history(this.#ask, '', 1)).slice(0, 1);
    const id = Number(last?.id);
    this.#model.block(
      id,
      new Map(entries.map(([each, after]) => [each, this.#now_s + after * DAY_S])),
      this.#now_s,
    );
    this.#quarantines.push(id);
  }

  /** Two callers at once: the history is that of one of them before the other, as their ids say. */
  async #both([one, other]: readonly [Quarantine, Quarantine | Restore]): Promise<void> {
    if (other.kind === 'quarantine') {
      const [first, second] = await Promise.all([this.#quarantine(one), this.#quarantine(other)]);
      const made = [
        [one, first],
        [other, second],
      ] as const;
      for (const [step, act] of [...made].sort(([, a], [, b]) => a.id - b.id)) this.#expectTaken(step, act);
      return;
    }
    const [act, restored] = await Promise.all([this.#quarantine(one), this.#restore(other)]);
    const newest = (await history(this.#ask)).find(({ action }) => action === 'restore');
    // One that restored nothing is not in the history: it may as well have come first.
    const restore_last = newest !== undefined && Number(newest.id) > act.id;
    if (!restore_last) this.#expectRestored(other, restored);
    this.#expectTaken(one, act);
    if (restore_last) this.#expectRestored(other, restored);
  }
}

function isSame(
  entry: { telephone: string; action: string; at: string; until: string | null },
  change: { telephone: string; action: string; at: string; until: string | null },
): boolean {
  return (['telephone', 'action', 'at', 'until'] as const).every((name) => entry[name] === change[name]);
}

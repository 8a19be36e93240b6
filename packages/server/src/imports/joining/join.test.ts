import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { storedRows } from '../../../test/model/stored-rows.js';
import { AttemptRows } from '../../attempts/attempt-rows.js';
import type { Leg } from '../reading/leg.js';
import { Joiner } from './join.js';
import { Tally } from './tally.js';

const leg = (call: number): Leg => ({
  kind: 'leg',
  attempt_id: String(call),
  telephone: '573001234567',
  dialed_at_s: 1_793_707_200,
  code: 'busy',
  amd: '',
  duration_seconds: undefined,
  trunk: '',
  sip: undefined,
  cause: undefined,
  evidence: 'line_lives',
  agent_id: '',
});

test('when one half of a batch fails, the failure is reported after the other half has ended: nothing of it is stored later', async () => {
  const failure = new Error('the disk is full');
  let end: () => void = () => undefined;
  let stores = 0;
  let is_ended = false;
  const store = () => {
    stores += 1;
    if (stores === 1) return Promise.reject(failure);
    return new Promise<void>((resolve) => {
      end = () => {
        is_ended = true;
        resolve();
      };
    });
  };
  const joiner = new Joiner(store, new Tally(), setImmediate);
  const of = { operation_id: 1, campaign_id: 1, import_number: 1 };
  for (let call = 0; call < 50_000; call += 1) joiner.add(of, leg(call));
  let told: unknown;
  const finished = joiner.finish().catch((error: unknown) => {
    told = error;
  });
  while (stores < 2) await setImmediate();
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  expect([told, is_ended]).toEqual([undefined, false]);
  end();
  await finished;
  expect([told, is_ended]).toEqual([failure, true]);
});

test('of legs that are equally strong and long the one of the highest rank wins, as in the store, in any order', async () => {
  const of = { operation_id: 1, campaign_id: 1, import_number: 1 };
  const legs = Array.from({ length: 40 }, (_, trunk) => ({ ...leg(1), trunk: `trunk ${trunk}` }));
  const alone = new AttemptRows();
  for (const one of legs) alone.addLeg(of.import_number, of.operation_id, of.campaign_id, one);
  const ranked = storedRows(alone.bytes).toSorted((a, b) => Number(a.rank) - Number(b.rank));
  for (const order of [legs, legs.toReversed()]) {
    const held: unknown[] = [];
    const joiner = new Joiner(
      async (_campaigns, rows) => {
        held.push(...storedRows(rows.bytes));
      },
      new Tally(),
      setImmediate,
    );
    for (const one of order) joiner.add(of, one);
    await joiner.finish();
    expect(held).toMatchObject([{ rank: ranked.at(-1)?.rank, trunk: ranked.at(-1)?.trunk }]);
  }
});

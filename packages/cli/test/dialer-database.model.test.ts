import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { testWith, toolPath } from '../../server/test/tools.js';
import { BEGIN_S, CdrModel, DIALER_ZONE, type DialerModel, VicidialModel } from './dialer-calls.js';
import { DialerFeed, type Ended } from './dialer-feed.js';

/** Changes what happens, and when it is killed; a failure prints it. */
const SEED = Number(process.env.RECUENTO_TEST_SEED ?? 20_241_103);
const ROUNDS = 8;
/** That a run of the script takes, about; counted once. */
const COMMANDS = 320;
const WINDOW = ['20241101000000', '20241110235959'] as const;
const { toolTest, note } = testWith('mariadbd', 'curl');

let feed: DialerFeed;
beforeAll(async () => {
  if (toolPath('mariadbd') !== undefined) feed = await DialerFeed.start();
});
afterAll(async () => feed?.stop());

toolTest.each([
  { kind: 'vicidial', database: 'asterisk', campaign: 1, model: new VicidialModel() },
  { kind: 'asterisk', database: 'asteriskcdrdb', campaign: 2, model: new CdrModel() },
] as const)(
  `$kind: rows late and changed, runs killed: the report is that of the tables${note}`,
  async ({ kind, database, campaign, model }) => {
    const random = mulberry32(SEED);
    const settings = await feed.settings(kind, kind, {
      CAMPAIGN: String(campaign),
      TIME_ZONE: DIALER_ZONE,
      SINCE: '2024-11-01',
    });
    let now_s = BEGIN_S;
    let killed = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const happened: string[] = [];
      for (let step = 0; step < 4; step += 1) {
        now_s += Math.floor(random() * 1_200);
        happened.push(model.happen(now_s, random));
      }
      await feed.database.sql(happened.join('\n'), database);
      if (round % 4 === 3) await elsewhere();
      if (random() < 0.6) {
        if ((await killedRun(settings, random)).code === null) killed += 1;
      } else {
        await matches(model, campaign, settings);
      }
    }
    await matches(model, campaign, settings);
    // Without these the test would have shown little.
    expect(killed, `seed ${SEED}`).toBeGreaterThan(2);
    // The longer re-read finds nothing that was not there, and doubles nothing.
    const before = await feed.imports();
    expect(await feed.run([settings, '--again', '7'])).toMatchObject({ code: 0 });
    expect(await feed.imports()).toBe(before);
    expect(await feed.attempts(campaign, ...WINDOW)).toEqual(model.expected());
  },
);

/** A run, and another one where a killed one's last step was still under way. */
async function matches(model: DialerModel, campaign: number, settings: string): Promise<void> {
  let last: Ended;
  do last = await feed.run([settings]);
  while (last.output.includes('another run'));
  expect(last.code, last.output).toBe(0);
  expect(await feed.attempts(campaign, ...WINDOW), `seed ${SEED}`).toEqual(model.expected());
}

/**
 * Killed before any of its commands, by the shell's own count: the script alone, so that what it had begun goes on, or all of
 * it. `code` is null where it was killed.
 */
async function killedRun(settings: string, random: () => number): Promise<Ended> {
  // Later ones more often: what is sent and noted comes last.
  const at = 1 + Math.floor(Math.sqrt(random()) * COMMANDS);
  const whom = random() < 0.5 ? '$$' : '0';
  const trap = join(feed.directory, 'trap.sh');
  await writeFile(trap, `set -T\ntrap '((++commands_run < ${at})) || kill -KILL ${whom}' DEBUG\n`);
  return feed.run([settings], { BASH_ENV: trap });
}

/** Somebody corrects files of other calls: what the same operation's files tell from then on holds against what they told. */
async function elsewhere(): Promise<void> {
  const query = 'format=asterisk-sql&campaign_id=9&replace=yes';
  const reply = await fetch(`${feed.service.service.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${feed.operation.token}` },
    body: 'calldate,dst,disposition\n2024-11-02 12:00:00,573009999999,BUSY\n',
  });
  expect(reply.status).toBe(202);
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, begin, type Call, type Caller } from '../../packages/server/test/neighbours/call.js';
import { reportPath, tablePath } from '../../packages/server/test/neighbours/questions.js';
import { type Stall, tokenOf, type Victim } from './stall.js';

const RECORDS = 10_000;
const records = JSON.stringify(
  Array.from({ length: RECORDS }, (_, at) => ({
    attempt_id: `flood-${at}`,
    campaign_id: 1_001,
    telephone: `flood-${at}`,
    dialed_at: '2025-10-05T12:00:00-05:00',
    result: 'busy',
  })),
);
const blocked = JSON.stringify(
  Array.from({ length: RECORDS }, (_, at) => ({ telephone: `flood-${at}`, days_block: 30 })),
);

/** Asks again as soon as it was answered, in so many lanes. A refusal is answered soon: it waits for a moment. */
function flood(
  name: string,
  lanes: number,
  call: Call,
  work: (caller: Caller, call: Call) => Promise<unknown> = ask,
): Stall {
  return {
    name,
    begin: (victim: Victim) => {
      const agent = new Agent({ keepAlive: true });
      let ended = false;
      const lane = async (at: number) => {
        while (!ended) {
          await work({ base: victim.base, token: tokenOf(victim, at), agent }, call).catch(() => undefined);
          await sleep(PAUSE_MS);
        }
      };
      for (let at = 0; at < lanes; at += 1) lane(at).catch(() => undefined);
      return () => {
        ended = true;
        agent.destroy();
      };
    },
  };
}

const PAUSE_MS = 5;
const HANG_UP_MS = 60;

const hangUp = (caller: Caller, call: Call) =>
  new Promise<void>((resolve) => {
    const sent = begin(caller, call, (reply) => reply.resume());
    sent.on('error', () => undefined);
    setTimeout(() => {
      sent.destroy();
      resolve();
    }, Math.random() * HANG_UP_MS);
  });

/** What is allowed, as often as it is allowed. */
export const FLOODS: readonly Stall[] = [
  flood('a flood of reports', 24, { path: reportPath('campaign_8', 'all', '') }),
  flood('a flood of calls that hang up', 16, { path: reportPath('campaign_3', 'all') }, hangUp),
  flood('a flood of tables', 16, {
    path: tablePath('machine-codes', 'json', { limit: '1000', sort: '-dialed' }),
  }),
  flood('a flood of uploads', 16, { path: '/v1/attempts', method: 'POST', body: records }),
  flood('a flood of add_dnc', 16, {
    path: '/api/v2/campaign.php?api=add_dnc',
    method: 'POST',
    body: blocked,
  }),
];

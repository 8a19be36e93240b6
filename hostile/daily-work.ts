import { Agent } from 'node:http';
import { type Ask, exchange } from '../bench/exchange.js';

/** What an operation does all day, a call after another. */
export const WORK = ['report', 'upload', 'add_dnc'] as const;
export type Work = (typeof WORK)[number];

/** How it went. A refused one has no time: it was not done. */
export interface Done {
  readonly times_ms: Record<Work, number[]>;
  readonly refusals: Record<Work, string[]>;
}

export function nothingDone(): Done {
  return {
    times_ms: { report: [], upload: [], add_dnc: [] },
    refusals: { report: [], upload: [], add_dnc: [] },
  };
}

export function addTo(all: Done, more: Done): void {
  for (const work of WORK) {
    all.times_ms[work].push(...more.times_ms[work]);
    all.refusals[work].push(...more.refusals[work]);
  }
}

const TELEPHONES = 100;
/** A call that was not answered by then is as good as refused. */
const PATIENCE_MS = 15_000;
const FIVE_MINUTES = { date_ini: '20251020120000', date_end: '20251020120459' };
const EXPECTED: Record<Work, number> = { report: 200, upload: 201, add_dnc: 201 };

/**
 * The report of five minutes, an upload of a hundred attempts, ten telephones not to call: each in a lane of its own, one
 * after another, so often or until then, and once at least.
 *
 * @param tokens one for each lane
 */
export async function workOn(
  base: string,
  tokens: readonly string[],
  rounds: number,
  end_ms: number,
): Promise<Done> {
  const done = nothingDone();
  const lanes = WORK.map(async (work, at) => {
    const token = tokens[at] ?? '';
    let round = 0;
    do {
      const { ms, refusal } = await attempt(ASKS[work](base, token), EXPECTED[work]);
      if (refusal === undefined) done.times_ms[work].push(ms);
      else done.refusals[work].push(refusal);
      round += 1;
    } while (round < rounds && performance.now() < end_ms);
  });
  await Promise.all(lanes);
  return done;
}

const ASKS: Record<Work, (base: string, token: string) => Ask> = { report, upload, add_dnc: addDnc };

/** On a connection of its own, which ends with it: what was given up holds nothing any more. */
async function attempt(ask: Ask, expected: number): Promise<{ ms: number; refusal?: string }> {
  const agent = new Agent();
  let given_up = false;
  const timer = setTimeout(() => {
    given_up = true;
    agent.destroy();
  }, PATIENCE_MS);
  try {
    const { status, ms } = await exchange(agent, ask);
    return status === expected ? { ms } : { ms, refusal: String(status) };
  } catch (error) {
    return { ms: PATIENCE_MS, refusal: given_up ? `none in ${PATIENCE_MS} ms` : String(error) };
  } finally {
    clearTimeout(timer);
    agent.destroy();
  }
}

function report(base: string, token: string): Ask {
  const query = new URLSearchParams({ api: 'campaign_8', campaign_id: '1001', ...FIVE_MINUTES });
  return { url: `${base}/api/v2/reports_manager.php?${query}`, token };
}

let uploads = 0;

function upload(base: string, token: string): Ask {
  uploads += 1;
  const records = Array.from({ length: TELEPHONES }, (_, at) => ({
    attempt_id: `work-${uploads}`,
    campaign_id: 1_001,
    telephone: `5730099${at}`,
    dialed_at: new Date(Date.UTC(2025, 9, 20, 17) + at * 2_000).toISOString(),
    result: 'no_answer',
  }));
  const body = Buffer.from(JSON.stringify(records));
  return { url: `${base}/v1/attempts`, token, body, type: 'application/json' };
}

function addDnc(base: string, token: string): Ask {
  const entries = Array.from({ length: 10 }, (_, at) => ({ telephone: `5730099${at}`, days_block: 30 }));
  const url = `${base}/api/v2/campaign.php?api=add_dnc`;
  return { url, token, body: Buffer.from(JSON.stringify(entries)), type: 'application/json' };
}

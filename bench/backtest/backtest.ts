import { type Answer, atMost, type Figure, figure } from '../answer.js';
import { numbersFrom } from '../args.js';
import { median } from '../stats.js';
import { DAYS, FROM_S, startOverDialed } from './dialed-store.js';

const DAY_S = 86_400;
const MAX_MS = 120_000;

/** One rule of each kind that costs something of its own. */
const RULES = {
  count: [{ kind: 'count', codes: ['no_answer', 'failed'], at_least: 3, within_days: 14, faults: 'exclude' }],
  streak: [{ kind: 'streak', codes: ['no_answer', 'failed'], at_least: 3 }],
  silent: [{ kind: 'silent', days: 14 }],
  verdict: [{ kind: 'verdict', in: ['invalid'] }],
} as const;

/**
 * What a backtest costs over HTTP, the judgement of every telephone included, against a full scan by the engine with the same GROUP
 * BY: the counts by code of each telephone, in the faster of two groupings. The service as it is shipped answers in 60 s at most.
 */
export async function backtest(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, telephones, runs } = numbersFrom(argv, {
    attempts: 10_000_000,
    telephones: 1_000_000,
    runs: 5,
  });
  const { service, operation_id, token } = await startOverDialed({ attempts, telephones }, say);
  try {
    const times: Record<string, number[]> = {};
    const measure = async (name: string, work: () => Promise<unknown>) => {
      const started_ms = performance.now();
      await work();
      times[name] = [...(times[name] ?? []), performance.now() - started_ms];
    };
    for (let run = 0; run <= runs; run += 1) {
      if (run === 1) for (const name of Object.keys(times)) times[name] = []; // the first one warms up
      for (const [name, settings] of Object.entries(GROUPINGS)) {
        await measure(name, () => scan(service.services.engine, operation_id, settings));
      }
      for (const [name, conditions] of Object.entries(RULES)) {
        await measure(name, () => ask(service.url, token, conditions));
      }
    }
    return answerOf(times, `${attempts} attempts of ${telephones} telephones in a month; ${runs} runs`);
  } finally {
    await service.stop();
  }
}

const GROUPINGS = {
  hashed: { optimize_aggregation_in_order: 0 },
  'in order': { optimize_aggregation_in_order: 1, max_final_threads: 1 },
};

type Engine = Awaited<ReturnType<typeof startOverDialed>>['service']['services']['engine'];

async function scan(engine: Engine, operation_id: number, settings: Readonly<Record<string, number>>) {
  const counts = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed', 'answer'];
  const names = counts.map((code) => `countIf(result = '${code}') AS n_${code}`);
  const sums = counts.map((code) => `sum(n_${code})`);
  await engine.read({
    sql: `SELECT count(), ${sums.join(', ')} FROM (SELECT telephone, ${names.join(', ')}, max(dialed_at) AS last
        FROM held_by_telephone FINAL PREWHERE operation_id = {operation_id:UInt32} GROUP BY telephone) WHERE last > 0 FORMAT TSV`,
    params: { operation_id },
    settings,
    fair_key: 'bench',
    max_ms: MAX_MS,
  });
}

async function ask(url: string, token: string, conditions: readonly unknown[]) {
  const as_of_s = FROM_S + 17 * DAY_S;
  const reply = await fetch(`${url}/v1/hygiene/backtest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      rule: { campaign_id: 'all', conditions, quarantine_days: 10 },
      as_of: new Date(as_of_s * 1_000).toISOString(),
      until: new Date((FROM_S + DAYS * DAY_S) * 1_000).toISOString(),
    }),
  });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`status ${reply.status}: ${text}`);
}

function answerOf(times: Readonly<Record<string, readonly number[]>>, setting: string): Answer {
  const of = (name: string) => median(times[name] ?? []);
  const plain = Math.min(...Object.keys(GROUPINGS).map(of));
  const rules: Figure[] = Object.keys(RULES).flatMap((name) => [
    figure(`${name}: A/B`, of(name) / plain, 'ratio', atMost(3)),
    figure(`${name}: A, median`, of(name), 'ms'),
  ]);
  return {
    about:
      'A backtest over HTTP by rules of one condition (A), against a full scan by the engine that counts the codes of each ' +
      'telephone, `FINAL`, in the faster of two groupings (B).',
    setting,
    figures: [...rules, ...Object.keys(GROUPINGS).map((name) => figure(`B ${name}`, of(name), 'ms'))],
  };
}

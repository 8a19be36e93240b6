import { checkRows } from '../peers/check.js';
import { inTurns } from '../peers/measure.js';
import { questionOf, type Span, type Whose, WINDOWS_MAX } from './asked.js';
import { candidatesOf } from './candidates.js';
import type { WindowService } from './service.js';
import { BareStatement, type BestBare, type OverHttp } from './sides.js';

/** First each is asked so often, */
const TRIED_RUNS = 2;
/** then those that took at most so many times as long as the fastest are asked more. */
const CLOSE = 2;
const CLOSE_RUNS = 7;
/** The last windows that there are. */
export const CHOOSING_WINDOWS = Math.max(TRIED_RUNS, CLOSE_RUNS);
/** Of how many it is said what they took. */
const TOLD = 4;

/**
 * Finds the bare statement that is the fastest for windows of the span. All have to have the service's rows first. It is
 * chosen by other windows than those that are measured.
 *
 * @throws Error naming a statement whose rows are others
 */
export async function chooseBest(
  service: WindowService,
  served: OverHttp,
  best: BestBare,
  span: Span,
  whose: Whose,
  say: (line: string) => void,
): Promise<void> {
  const question = (run: number) => questionOf(service.store, span, whose, WINDOWS_MAX - 1 - run);
  const statements = candidatesOf(span, whose).map((candidate) => new BareStatement(service, candidate));
  await checkRows([served, ...statements], [question(0)], say);
  const asked = (some: readonly BareStatement[], runs: number) =>
    inTurns(some, runs, (peer, run) => peer.ask(question(run)));
  const tried = fastestFirst(await asked(statements, TRIED_RUNS), 'min_ms');
  const close = tried.filter(([, { min_ms }]) => min_ms <= CLOSE * (tried[0]?.[1].min_ms ?? 0));
  const known = new Map(statements.map((statement) => [statement.name, statement]));
  const again = close.flatMap(([{ name }]) => known.get(name) ?? []);
  const last = fastestFirst(await asked(again, CLOSE_RUNS), 'median_ms');
  const told = last.slice(0, TOLD).map(([{ name }, { median_ms }]) => `${name}: ${median_ms.toFixed(1)} ms`);
  say(`  ${question(0).title}, bare: ${told.join('; ')}`);
  const chosen = known.get(last[0]?.[0].name ?? '');
  if (chosen) best.choose(question(0), chosen);
}

type Times = Awaited<ReturnType<typeof inTurns>>;

function fastestFirst(times: Times, by: 'min_ms' | 'median_ms') {
  return [...times].sort(([, a], [, b]) => a[by] - b[by]);
}

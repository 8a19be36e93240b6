import { checkRows } from '../peers/check.js';
import { inTurns } from '../peers/measure.js';
import type { Peer } from '../peers/peer.js';
import type { Column } from '../peers/table.js';
import { summaryLine } from '../stats.js';
import { questionOf, type Span, type Whose } from './asked.js';
import { CHOOSING_WINDOWS, chooseBest } from './choose.js';
import type { WindowService } from './service.js';
import type { BestBare, OverHttp } from './sides.js';

/** One store: the service over it, and what its engine is best at. */
export interface Side {
  readonly service: WindowService;
  readonly served: OverHttp;
  readonly best: BestBare;
}

/** What windows of a span took each; the title has the number of rows of one. */
export interface Measured extends Column {
  readonly span: Span;
  readonly whose: Whose;
}

/** The first window is for the check alone, */
const CHECKED = 1;
/** and the next ones are not counted. */
const WARM_UPS = 3;
/** Windows that are asked and not measured. */
export const WINDOWS_BESIDE = CHECKED + WARM_UPS + CHOOSING_WINDOWS;
/** As long as the widest name. */
const NAME_CHARS = 58;

/**
 * Windows of one length, of all campaigns or of one: the best bare statement is chosen for each store, all have to give the same
 * rows, and then all are asked for one window after another, the services first: nobody asked for it before them.
 *
 * @throws Error naming who has other rows
 */
export async function measure(
  span: Span,
  whose: Whose,
  sides: readonly Side[],
  others: readonly Peer[],
  runs: number,
  say: (line: string) => void,
): Promise<Measured> {
  const [small] = sides;
  if (!small) throw new Error('there is no store');
  for (const { service, served, best } of sides) await chooseBest(service, served, best, span, whose, say);
  const all = [...sides.map(({ served }) => served), ...sides.map(({ best }) => best), ...others];
  const question = (run: number) => questionOf(small.service.store, span, whose, run);
  await checkRows(span.same_rows ? all : [small.served, ...others], [question(0)], say);
  const rows = (await small.served.rows(question(0))).length;
  const asked = (first: number, count: number) =>
    inTurns(all, Math.min(count, span.runs_max), (peer, run) => peer.ask(question(first + run)));
  await asked(CHECKED, WARM_UPS);
  const times = await asked(CHECKED + WARM_UPS, runs);
  const title = `${question(0).title} (${rows.toLocaleString('en')} rows)`;
  say(title);
  for (const [{ name }, summary] of times) say(summaryLine(name.padEnd(NAME_CHARS), summary));
  return { span, whose, title, times };
}

import { atLeast, type Figure, figure, type Goal } from '../answer.js';
import type { Peer } from './peer.js';
import type { Question } from './questions.js';
import type { Column } from './table.js';

/** A comparison that the project sets itself: which peers, at which question, at least how many times slower. */
interface Comparison {
  readonly question: string;
  readonly peers: RegExp;
  readonly goal: Goal;
}

const COMPARISONS: readonly Comparison[] = [
  { question: 'month', peers: /^MariaDB, `vicidial_log`/, goal: atLeast(15) },
  { question: 'month', peers: /^DuckDB, sorted by hand, JSON/, goal: atLeast(1) },
  { question: 'whole', peers: /covering index/, goal: atLeast(3.5) },
  { question: 'all', peers: /./, goal: atLeast(8) },
];

/** The comparisons that have a goal, as ratios of medians. The first peer is the one that the others are compared with. */
export function figuresOf(questions: readonly Question[], columns: readonly Column[]): Figure[] {
  return questions.flatMap(({ name, title }, at) => {
    const [first, ...others] = [...(columns[at]?.times ?? [])];
    if (!first) return [];
    const [{ name: own }, { median_ms }] = first;
    return others.flatMap(([peer, times]) => {
      const goal = goalOf(name, peer);
      return goal
        ? [figure(`${title}: ${peer.name} / ${own}`, times.median_ms / median_ms, 'ratio', goal)]
        : [];
    });
  });
}

function goalOf(question: string, { name }: Peer): Goal | undefined {
  return COMPARISONS.find((one) => one.question === question && one.peers.test(name))?.goal;
}

import { atMost, type Figure, figure, type Goal } from '../answer.js';
import { type Span, titleOf, type Whose } from './asked.js';
import type { Measured, Side } from './measure.js';
import { millions } from './sides.js';

/** The same rows at ten times the attempts may take so many times as long. */
const GROWTH = 1.3;
/** The service may take so much of the best bare statement's time, and so much more: the call, the page, the socket. */
const BARE_TIMES = 1.5;
const BARE_MORE_MS = 15;

export function figuresOf(measured: readonly Measured[], sides: readonly Side[]): Figure[] {
  return measured.flatMap(({ span, whose, times }) => {
    const title = titleOf(span, whose);
    const goal = (value: number) => (span.has_goals && whose === 'all' ? atMost(value) : undefined);
    const medians = sides.map(({ service, served, best }) => ({
      at: millions(service.store.attempts),
      served_ms: times.get(served)?.median_ms ?? Number.NaN,
      bare_ms: times.get(best)?.median_ms ?? Number.NaN,
    }));
    const [one, other] = medians;
    const growth = one &&
      other && [
        figure(`${title}: ${other.at} / ${one.at}`, other.served_ms / one.served_ms, 'ratio', goal(GROWTH)),
      ];
    return [
      ...(growth ?? []),
      ...medians.map(({ at, served_ms, bare_ms }) =>
        figure(
          `${title}, ${at}: A / (1.5 × B + 15 ms)`,
          served_ms / (BARE_TIMES * bare_ms + BARE_MORE_MS),
          'ratio',
          goal(1),
        ),
      ),
      ...medians.flatMap(({ at, served_ms, bare_ms }) => [
        figure(`${title}, ${at}: A − B`, served_ms - bare_ms, 'ms', more(span, whose)),
        figure(`${title}, ${at}: A, over HTTP, median`, served_ms, 'ms'),
        figure(`${title}, ${at}: B, best bare statement, median`, bare_ms, 'ms'),
      ]),
    ];
  });
}

function more({ more_max_ms }: Span, whose: Whose): Goal | undefined {
  return whose === 'one campaign' && more_max_ms !== undefined ? atMost(more_max_ms) : undefined;
}

/** Which bare statement was the fastest, by window and store. */
export function statementsTable(measured: readonly Measured[], sides: readonly Side[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['best bare statement', ...sides.map(({ service }) => millions(service.store.attempts))]),
    line(['---', ...sides.map(() => '---')]),
    ...measured.map(({ span, whose }) => {
      const title = titleOf(span, whose);
      return line([title, ...sides.map(({ best }) => best.chosen({ title }).candidate.name)]);
    }),
  ];
}

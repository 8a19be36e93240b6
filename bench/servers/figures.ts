import { type Figure, figure } from '../answer.js';
import { median, summarize, summaryLine } from '../stats.js';

/** Of the service over the embedded engine, of the service over the servers, and of the bare statement on the same server. */
export interface Series {
  readonly embedded: readonly number[];
  readonly server: readonly number[];
  readonly bare: readonly number[];
}

/** The same bytes from a bare `node:http` server, too. */
interface ReportSeries extends Series {
  readonly sent: readonly number[];
}

/** Of reports: milliseconds. */
export function timesOf(title: string, times_ms: ReportSeries, say: (line: string) => void): Figure[] {
  const { embedded, server, bare, sent } = times_ms;
  const [a, b, c, d] = [summarize(embedded), summarize(server), summarize(bare), summarize(sent)];
  say(title);
  say(summaryLine('A  embedded', a));
  say(summaryLine('B  on the server', b));
  say(summaryLine('C  bare on the server', c));
  say(summaryLine('D  sent', d));
  return [
    figure(`${title}: B/A, server / embedded`, b.median_ms / a.median_ms, 'ratio'),
    figure(`${title}: B / (C + D)`, b.median_ms / (c.median_ms + d.median_ms), 'ratio'),
    figure(`${title}: B − C − D, the service’s own`, b.median_ms - c.median_ms - d.median_ms, 'ms'),
    figure(`${title}: A, embedded, median`, a.median_ms, 'ms'),
    figure(`${title}: B, on the server, median`, b.median_ms, 'ms'),
    figure(`${title}: C, bare on the server, median`, c.median_ms, 'ms'),
    figure(`${title}: D, the same bytes sent, median`, d.median_ms, 'ms'),
  ];
}

/** Of uploads: attempts per second. */
export function ratesOf(title: string, rates: Series): Figure[] {
  const [a, b, c] = [median(rates.embedded), median(rates.server), median(rates.bare)];
  return [
    figure(`${title}: B/A, server / embedded`, b / a, 'ratio'),
    figure(`${title}: B/C, server / bare inserts`, b / c, 'ratio'),
    figure(`${title}: A, embedded`, a, 'attempts/s'),
    figure(`${title}: B, on the servers`, b, 'attempts/s'),
    figure(`${title}: C, bare inserts on the server`, c, 'attempts/s'),
  ];
}

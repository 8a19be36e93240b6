import { atMost, type Figure, figure } from './answer.js';
import type { Crowd } from './concurrent-many.js';
import { exchange, nextCursor } from './exchange.js';
import { expected } from './load.js';
import { reportUrl } from './report-url.js';
import { summarize, summaryLine } from './stats.js';

/** Working hours of a weekday in the middle of the fixture's month, when campaigns dial. */
const DAY = '20251015';
const FROM_HOUR = 8;
const HOURS = 10;
const WINDOW_MINUTES = 5;

/**
 * Five minutes of a campaign, asked one after another: alone, and while another client walks the pages of a month of
 * `all` and begins again at its end.
 */
export async function shortBesideLong(
  crowd: Crowd,
  windows: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  await shortReports(crowd, Math.ceil(windows / 10)); // a warm-up
  const alone = summarize(await shortReports(crowd, windows));
  const stop = new AbortController();
  const long = longReports(crowd, stop.signal);
  const beside_ms = await shortReports(crowd, windows).finally(() => stop.abort());
  const pages = await long;
  const beside = summarize(beside_ms);
  say(summaryLine('five minutes, alone', alone));
  say(summaryLine('five minutes, beside all', beside));
  return [
    figure(
      'five minutes beside `all`, 99th percentile / median',
      beside.p99_ms / beside.median_ms,
      'ratio',
      atMost(4),
    ),
    figure('five minutes beside `all`, median', beside.median_ms, 'ms'),
    figure('five minutes beside `all`, 99th percentile', beside.p99_ms, 'ms'),
    figure('five minutes alone, median', alone.median_ms, 'ms'),
    figure('five minutes alone, 99th percentile', alone.p99_ms, 'ms'),
    figure('pages of `all` read meanwhile', pages, ''),
  ];
}

async function shortReports({ base, agent, tokens, campaign_id }: Crowd, count: number): Promise<number[]> {
  const times_ms: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const url = reportUrl(base, { campaign_id, ...windowAt(at) });
    // A window may hold nothing, which is answered too.
    times_ms.push(expected(await exchange(agent, { url, token: tokens[0] ?? '' }), 200, 404).ms);
  }
  return times_ms;
}

/** Each window is another one, and after the day's last one it begins again. */
function windowAt(at: number): { date_ini: string; date_end: string } {
  const minute = (at * WINDOW_MINUTES) % (HOURS * 60);
  const wall = (minutes: number) => {
    const hour = FROM_HOUR + Math.floor(minutes / 60);
    return `${DAY}${String(hour).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`;
  };
  return { date_ini: `${wall(minute)}00`, date_end: `${wall(minute + WINDOW_MINUTES - 1)}59` };
}

/** How many pages were read until the signal. */
async function longReports(crowd: Crowd, signal: AbortSignal): Promise<number> {
  const { base, agent, tokens, date_ini, date_end } = crowd;
  let pages = 0;
  for (let cursor = ''; !signal.aborted; pages += 1) {
    const url = reportUrl(base, { campaign_id: 'all', date_ini, date_end }, cursor);
    cursor = nextCursor(expected(await exchange(agent, { url, token: tokens[1] ?? '' }), 200)) ?? '';
  }
  return pages;
}

import type { CallsToday, ChangedWindow, Gap, Manifest } from '@recuento/client';
import { describeWindow } from '@recuento/client/parts';
import type { PulledInto } from './into.js';
import type { Pulled } from './pull.js';

const figure = (count: number) => count.toLocaleString('en-US');

/** The result of a pull, for people. */
export function pulledLine(file: string, { manifest, kept }: Pulled, calls: CallsToday): string {
  const rows = figure(manifest.file.rows);
  return `${file}: ${rows} rows from ${windowsRead(manifest.windows.length, kept)}; ${callsLine(calls)}`;
}

/** The result of an import into another Recuento. */
export function intoLine(url: string, pulled: PulledInto, calls: CallsToday): string {
  const { manifest, kept, stored, unchanged, rejected } = pulled;
  const attempts = `${figure(stored)} attempts stored, ${figure(unchanged)} unchanged, ${figure(rejected)} rejected`;
  return `${url}: ${attempts} from ${windowsRead(manifest.windows.length, kept)}; ${callsLine(calls)}`;
}

function windowsRead(windows: number, kept: number): string {
  return `${figure(windows)} windows${kept > 0 ? `, ${figure(kept)} read before` : ''}`;
}

/** Warnings about a range that was read. */
export function warningLines(manifest: Manifest): string[] {
  return [...gapLines(manifest.warnings), ...emptyLines(manifest)];
}

/** Gaps are warnings, not failures: a day without dialing looks the same as a day that was lost. */
function gapLines(gaps: readonly Gap[]): string[] {
  return gaps.map((gap) => `Warning: ${described(gap)} is ${gap.warning}.`);
}

/** Warns of a campaign without a row in any window: its number may be wrong. A range that has not begun gives no warning. */
function emptyLines({ api, campaign_id, windows }: Manifest): string[] {
  const [first] = windows;
  if (!first || first.date_ini > latestWallTime() || windows.some(({ rows }) => rows > 0)) return [];
  const range = described({
    date_ini: first.date_ini,
    date_end: windows.at(-1)?.date_end ?? first.date_end,
  });
  const hint =
    campaign_id === 'all'
      ? 'Is it the right server and token?'
      : 'A server answers so for a campaign that it does not have, too: check the number, or pull --campaign all.';
  return [`Warning: ${api} of campaign ${campaign_id} is empty in all of ${range}. ${hint}`];
}

/** The result of `--verify`. */
export function verifiedLines(
  windows: number,
  changed: readonly ChangedWindow[],
  calls: CallsToday,
): string[] {
  const lines = changed.map(
    ({ was, is, ...window }) =>
      `Changed: ${described(window)} had ${figure(was.rows)} rows (sum ${figure(was.sum)}) and has ${figure(is.rows)} (sum ${figure(is.sum)}).`,
  );
  return [...lines, `${changed.length} of ${windows} windows changed; ${callsLine(calls)}`];
}

/** The wall time now in the zone that is furthest ahead, as `YYYYmmddHHiiss`. */
function latestWallTime(): string {
  return new Date(Date.now() + 14 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
}

function callsLine({ spent, left }: CallsToday): string {
  return `${figure(spent)} calls today, ${figure(left)} left`;
}

function described({ date_ini, date_end }: Pick<Gap, 'date_ini' | 'date_end'>): string {
  return describeWindow({ date_ini, date_end });
}

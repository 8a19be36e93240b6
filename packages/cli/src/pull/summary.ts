import type { CallsToday, ChangedWindow, Gap } from '@recuento/client';
import { describeWindow } from '@recuento/client/parts';
import type { PulledInto } from './into.js';
import type { Pulled } from './pull.js';

const figure = (count: number) => count.toLocaleString('en-US');

/** What came of a pull, for people. */
export function pulledLine(file: string, { manifest, kept }: Pulled, calls: CallsToday): string {
  const rows = figure(manifest.file.rows);
  return `${file}: ${rows} rows from ${windowsRead(manifest.windows.length, kept)}; ${callsLine(calls)}`;
}

/** What came of an import into another Recuento. */
export function intoLine(url: string, pulled: PulledInto, calls: CallsToday): string {
  const { manifest, kept, stored, unchanged, rejected } = pulled;
  const attempts = `${figure(stored)} attempts stored, ${figure(unchanged)} unchanged, ${figure(rejected)} rejected`;
  return `${url}: ${attempts} from ${windowsRead(manifest.windows.length, kept)}; ${callsLine(calls)}`;
}

function windowsRead(windows: number, kept: number): string {
  return `${figure(windows)} windows${kept > 0 ? `, ${figure(kept)} read before` : ''}`;
}

/** Gaps are told and do not fail: a day without dialing looks the same as one that was lost. */
export function gapLines(gaps: readonly Gap[]): string[] {
  return gaps.map((gap) => `Warning: ${described(gap)} is ${gap.warning}.`);
}

/** What `--verify` found. */
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

function callsLine({ spent, left }: CallsToday): string {
  return `${figure(spent)} calls today, ${figure(left)} left`;
}

function described({ date_ini, date_end }: Pick<Gap, 'date_ini' | 'date_end'>): string {
  return describeWindow({ date_ini, date_end });
}

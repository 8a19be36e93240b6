import { RequestError } from './errors.js';
import { REPORTS, type ReportName } from './reports.js';
import type { WindowRecord } from './window-rows.js';

/** A window without rows between windows that have some: a day without dialing, or a day that was lost. */
export interface Gap {
  readonly date_ini: string;
  readonly date_end: string;
  readonly warning: string;
}

/** What a range contained when it was read, window by window. It is kept to find out later what changed. */
export interface Manifest {
  /** Version of this format. */
  readonly manifest: 1;
  readonly base_url: string;
  readonly api: ReportName;
  readonly campaign_id: string;
  /** `YYYYmmddHHiiss`, both inclusive. */
  readonly date_ini: string;
  readonly date_end: string;
  readonly window_days: number;
  readonly windows: readonly WindowRecord[];
  readonly warnings: readonly Gap[];
}

/** A window whose rows changed since it was read. */
export interface ChangedWindow {
  readonly date_ini: string;
  readonly date_end: string;
  readonly was: WindowRecord;
  readonly is: WindowRecord;
}

const WARNING = 'empty, while windows before and after it are not';

/** Empty windows that have windows with rows somewhere before and somewhere after them: finds gaps of any length. */
export function gapsIn(windows: readonly WindowRecord[]): Gap[] {
  const first = windows.findIndex(({ rows }) => rows > 0);
  const last = windows.findLastIndex(({ rows }) => rows > 0);
  return windows.flatMap(({ date_ini, date_end, rows }, at) =>
    rows === 0 && first < at && at < last ? [{ date_ini, date_end, warning: WARNING }] : [],
  );
}

/** Whether both records are of the same rows. */
export function sameRows(one: WindowRecord, other: WindowRecord): boolean {
  return one.rows === other.rows && one.sum === other.sum && one.sha256 === other.sha256;
}

const DIGITS = /^\d{14}$/;

/**
 * Reads a manifest that was kept as JSON.
 *
 * @throws RequestError when it is not a manifest
 */
export function readManifest(json: unknown): Manifest {
  const manifest = json as Partial<Manifest> | null;
  const whole =
    typeof manifest === 'object' &&
    manifest?.manifest === 1 &&
    Object.hasOwn(REPORTS, String(manifest.api)) &&
    typeof manifest.campaign_id === 'string' &&
    Array.isArray(manifest.windows) &&
    manifest.windows.every(isRecord);
  if (!whole) throw new RequestError('This is not a manifest of this version.');
  return manifest as Manifest;
}

function isRecord(json: unknown): json is WindowRecord {
  const record = json as Partial<WindowRecord> | null;
  return (
    typeof record === 'object' &&
    DIGITS.test(String(record?.date_ini)) &&
    DIGITS.test(String(record?.date_end)) &&
    typeof record?.rows === 'number' &&
    typeof record.sum === 'number' &&
    typeof record.sha256 === 'string'
  );
}

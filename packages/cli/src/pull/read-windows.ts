import type { ReportName, Window, WindowRecord } from '@recuento/client';
import { hasBegun, type ReportsClient, type Values } from '@recuento/client/parts';
import { Parts, type Plan } from './parts.js';

/** What to read, and where to keep it until it is whole. */
export interface ReadJob {
  readonly client: ReportsClient;
  /** Address of the server: parts of one server are not taken for another's. */
  readonly base_url: string;
  readonly api: ReportName;
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
  readonly window_days: number;
  /** The file that comes of it; parts are kept beside it. */
  readonly file: string;
  /** Keep what was read, for the next round. */
  readonly keep_parts?: boolean;
  readonly signal?: AbortSignal;
  /** Told after each window. */
  readonly onWindow?: (done: number, all: number) => void;
  readonly now_ms?: () => number;
}

/** Rows of a window, list by list, and its record. */
export type WindowLists = AsyncGenerator<readonly Values[], WindowRecord, undefined>;

/** A range that was read. */
export interface ReadRange {
  readonly parts: Parts;
  readonly plan: Plan;
  readonly windows: readonly Window[];
  readonly records: readonly WindowRecord[];
  /** Windows that an earlier run had read. */
  readonly kept: number;
}

/**
 * Reads all windows of a range that are not kept from an earlier run, and then does something with them. What was read stays
 * when that fails, and goes when it does not, unless it is to be kept.
 *
 * @param through what each window's rows go through on their way: a window is kept when they have
 */
export async function withWindows<Result>(
  job: ReadJob,
  through: (lists: WindowLists) => WindowLists,
  use: (range: ReadRange) => Promise<Result>,
): Promise<Result> {
  const report = job.client.report(job.api, {
    campaignId: job.campaign,
    from: job.from,
    to: job.to,
    windowDays: job.window_days,
    ...(job.signal && { signal: job.signal }),
  });
  const { windows } = report;
  const plan = {
    base_url: job.base_url,
    api: report.api,
    campaign_id: report.campaignId,
    date_ini: windows[0]?.date_ini ?? '',
    date_end: windows.at(-1)?.date_end ?? '',
    window_days: job.window_days,
  };
  const parts = await Parts.open(`${job.file}.parts`, plan);
  try {
    const records: WindowRecord[] = [];
    let kept = 0;
    for (const window of windows) {
      const before = await parts.kept(window);
      if (before) kept += 1;
      records.push(before ?? (await parts.keep(window, through(listsOf(job, report, window)))));
      job.onWindow?.(records.length, windows.length);
    }
    const result = await use({ parts, plan, windows, records, kept });
    if (!job.keep_parts) await parts.remove();
    return result;
  } finally {
    await parts.close();
  }
}

/** A window that has begun nowhere yet is empty, and costs no call. */
function listsOf(job: ReadJob, report: ReturnType<ReportsClient['report']>, window: Window): WindowLists {
  const now_ms = (job.now_ms ?? Date.now)();
  return hasBegun(window, now_ms) ? report.readWindow(window) : nothing(window, now_ms);
}

/** SHA-256 of nothing. */
const SHA256_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

// biome-ignore lint/correctness/useYield: a list of no rows with a record at its end, as a window's rows are
async function* nothing(window: Window, now_ms: number): WindowLists {
  const read_at = new Date(now_ms).toISOString();
  return { ...window, rows: 0, sum: 0, sha256: SHA256_OF_NOTHING, read_at };
}

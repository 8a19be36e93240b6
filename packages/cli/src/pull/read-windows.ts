import type { ReportName, Window, WindowRecord } from '@recuento/client';
import { hasBegun, type ReportsClient, type Values } from '@recuento/client/parts';
import { Parts, type Plan } from './parts.js';

/** What to read, and where to keep it until the file is whole. */
export interface ReadJob {
  readonly client: ReportsClient;
  /** Address of the server, so that parts of one server are not used for another. */
  readonly base_url: string;
  readonly api: ReportName;
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
  readonly window_days: number;
  /** The file to write; the parts are kept beside it. */
  readonly file: string;
  /** Whether to keep the parts for the next round. */
  readonly keep_parts?: boolean;
  readonly signal?: AbortSignal;
  /** Called after each window. */
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
 * Reads all windows of a range, except those kept from an earlier run, and then calls `use` with the range. If that fails,
 * the parts are kept. If it succeeds, they are deleted unless the job says to keep them.
 *
 * @param through passes the rows of each window on; the window is kept once all its rows have passed
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

/** A window that has not begun in any time zone is empty, and needs no call. */
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

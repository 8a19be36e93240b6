import { basename, join } from 'node:path';
import type { Manifest, ReportName, Window, WindowRecord } from '@recuento/client';
import { gapsIn, hasBegun, REPORTS, type ReportsClient, type Values } from '@recuento/client/parts';
import { asFile, type Format } from './formats.js';
import { mergeParts } from './merge-parts.js';
import { Parts } from './parts.js';
import { writeWhole } from './write-file.js';

/** What to pull, and where to. */
export interface PullJob {
  readonly client: ReportsClient;
  /** Address of the server: parts of one server are not taken for another's. */
  readonly base_url: string;
  readonly api: ReportName;
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
  readonly window_days: number;
  readonly file: string;
  readonly format: Format;
  /** Keep what was read, for the next round. */
  readonly keep_parts?: boolean;
  readonly signal?: AbortSignal;
  /** Told after each window. */
  readonly onWindow?: (done: number, all: number) => void;
  readonly now_ms?: () => number;
}

/** The manifest of a file: the SDK's, and which file it is of. */
export interface FileManifest extends Manifest {
  readonly file: {
    readonly name: string;
    readonly format: Format;
    readonly rows: number;
    readonly sha256: string;
  };
}

export interface Pulled {
  readonly manifest: FileManifest;
  /** Windows that an earlier run had read. */
  readonly kept: number;
}

/** Where the manifest of a file is. */
export function manifestPath(file: string): string {
  return `${file}.manifest.json`;
}

/**
 * Reads a range window by window, and writes one file of it and its manifest. What was read is kept beside the file until that
 * is whole: a run that was stopped is taken up where it was, and gives the same bytes as one that was not.
 *
 * @throws ReportsError what the server or the network brought about; what was read stays
 * @throws UsageError
 */
export async function pull(job: PullJob): Promise<Pulled> {
  const report = job.client.report(job.api, {
    campaignId: job.campaign,
    from: job.from,
    to: job.to,
    windowDays: job.window_days,
    ...(job.signal && { signal: job.signal }),
  });
  const plan = {
    base_url: job.base_url,
    api: report.api,
    campaign_id: report.campaignId,
    date_ini: report.windows[0]?.date_ini ?? '',
    date_end: report.windows.at(-1)?.date_end ?? '',
    window_days: job.window_days,
  };
  const parts = await Parts.open(`${job.file}.parts`, plan);
  try {
    const { records, kept } = await readWindows(job, parts, report);
    const file = await writeFile(job, parts, report.windows);
    const manifest = { manifest: 1, ...plan, windows: records, warnings: gapsIn(records), file } as const;
    await writeManifest(job.file, parts, manifest);
    if (!job.keep_parts) await parts.remove();
    return { manifest, kept };
  } finally {
    await parts.close();
  }
}

type Readable = ReturnType<ReportsClient['report']>;

async function readWindows(
  job: PullJob,
  parts: Parts,
  report: Readable,
): Promise<{ records: WindowRecord[]; kept: number }> {
  const records: WindowRecord[] = [];
  let kept = 0;
  for (const window of report.windows) {
    const before = await parts.kept(window);
    if (before) kept += 1;
    records.push(before ?? (await parts.keep(window, rowsOf(job, report, window))));
    job.onWindow?.(records.length, report.windows.length);
  }
  return { records, kept };
}

/** A window that has begun nowhere yet is empty, and costs no call. */
function rowsOf(job: PullJob, report: Readable, window: Window): ReturnType<Readable['readWindow']> {
  const now_ms = (job.now_ms ?? Date.now)();
  return hasBegun(window, now_ms) ? report.readWindow(window) : nothing(window, now_ms);
}

/** SHA-256 of nothing. */
const SHA256_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

// biome-ignore lint/correctness/useYield: it is a list of no rows with a record at its end, as a window's rows are
async function* nothing(window: Window, now_ms: number): AsyncGenerator<readonly Values[], WindowRecord> {
  const read_at = new Date(now_ms).toISOString();
  return { ...window, rows: 0, sum: 0, sha256: SHA256_OF_NOTHING, read_at };
}

async function writeFile(
  job: PullJob,
  parts: Parts,
  windows: readonly Window[],
): Promise<FileManifest['file']> {
  const shape = REPORTS[job.api];
  let rows = 0;
  async function* counted(): AsyncGenerator<Values> {
    for await (const row of mergeParts(
      shape,
      windows.map((window) => parts.path(window)),
    )) {
      rows += 1;
      yield row;
    }
  }
  const temporary = join(parts.directory, 'file.tmp');
  const sha256 = await writeWhole(job.file, temporary, asFile(job.format, shape, counted()));
  return { name: basename(job.file), format: job.format, rows, sha256 };
}

async function writeManifest(file: string, parts: Parts, manifest: FileManifest): Promise<void> {
  async function* text() {
    yield `${JSON.stringify(manifest, null, 2)}\n`;
  }
  await writeWhole(manifestPath(file), join(parts.directory, 'manifest.tmp'), text());
}

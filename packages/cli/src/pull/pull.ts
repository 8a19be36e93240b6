import { basename, join } from 'node:path';
import type { Manifest } from '@recuento/client';
import { gapsIn, REPORTS, type Values } from '@recuento/client/parts';
import { writeWhole } from '../write-whole.js';
import { asFile, type Format } from './formats.js';
import { mergeParts } from './merge-parts.js';
import { type ReadJob, type ReadRange, withWindows } from './read-windows.js';

export interface PullJob extends ReadJob {
  readonly format: Format;
}

/** The manifest of a file: that of the SDK, and the name of the file. */
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

/** The path of a file's manifest. */
export function manifestPath(file: string): string {
  return `${file}.manifest.json`;
}

/**
 * Reads a range window by window, and writes one file and its manifest. Windows that were read are kept beside the file until
 * the file is whole. So a stopped run continues where it stopped, and gives the same bytes as an uninterrupted one.
 *
 * @throws ReportsError failures of the server or the network; windows that were read are kept
 * @throws UsageError
 */
export async function pull(job: PullJob): Promise<Pulled> {
  return withWindows(
    job,
    (lists) => lists,
    async (range) => {
      const file = await writeFile(job, range);
      const manifest = { ...manifestOf(job, range), file };
      await writeManifest(job.file, range, manifest);
      return { manifest, kept: range.kept };
    },
  );
}

/** The manifest of a range that was read. */
export function manifestOf({ api }: ReadJob, { plan, records }: ReadRange): Manifest {
  return { manifest: 1, ...plan, api, windows: records, warnings: gapsIn(records) };
}

export async function writeManifest(file: string, { parts }: ReadRange, manifest: Manifest): Promise<void> {
  async function* text() {
    yield `${JSON.stringify(manifest, null, 2)}\n`;
  }
  await writeWhole(manifestPath(file), join(parts.directory, 'manifest.tmp'), text());
}

async function writeFile(job: PullJob, { parts, windows }: ReadRange): Promise<FileManifest['file']> {
  const shape = REPORTS[job.api];
  const paths = windows.map((window) => parts.path(window));
  let rows = 0;
  async function* counted(): AsyncGenerator<Values> {
    for await (const row of mergeParts(shape, paths)) {
      rows += 1;
      yield row;
    }
  }
  const temporary = join(parts.directory, 'file.tmp');
  const sha256 = await writeWhole(job.file, temporary, asFile(job.format, shape, counted()));
  return { name: basename(job.file), format: job.format, rows, sha256 };
}

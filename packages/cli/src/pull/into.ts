import type { Manifest } from '@recuento/client';
import { asRow, REPORTS, type Values } from '@recuento/client/parts';
import type { ImportDocument } from '@recuento/contract';
import type { ApiClient } from '../api-client.js';
import { manifestOf, writeManifest } from './pull.js';
import { type ReadJob, type WindowLists, withWindows } from './read-windows.js';

export interface IntoJob extends ReadJob {
  readonly api: 'campaign_3';
  readonly target: ApiClient;
  /** Time zone of the server's dates; absent: that of the target's operation. */
  readonly time_zone?: string;
}

export interface PulledInto {
  readonly manifest: Manifest;
  readonly kept: number;
  /** What the target did with the rows. */
  readonly stored: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/**
 * Reads the attempts of a range window by window, and imports each window into another Recuento. A window counts as read when
 * it has been imported. Importing a window again does no harm, because an attempt has an identity.
 *
 * @throws ReportsError, ServerRefusal, ServerUnreachable; windows that were imported stay imported
 */
export async function pullInto(job: IntoJob): Promise<PulledInto> {
  const sum = { stored: 0, unchanged: 0, rejected: 0 };
  async function* importing(lists: WindowLists): WindowLists {
    const rows: Values[] = [];
    let next = await lists.next();
    for (; !next.done; next = await lists.next()) {
      rows.push(...next.value);
      yield next.value;
    }
    if (rows.length > 0) {
      const { stored, unchanged, rejected } = await send(job, rows);
      sum.stored += stored;
      sum.unchanged += unchanged;
      sum.rejected += rejected;
    }
    return next.value;
  }
  return withWindows(job, importing, async (range) => {
    const manifest = manifestOf(job, range);
    await writeManifest(job.file, range, manifest);
    return { manifest, kept: range.kept, ...sum };
  });
}

/** The rows in the form of one reply of the server for the whole window. */
function send({ target, time_zone }: IntoJob, rows: readonly Values[]): Promise<ImportDocument> {
  const query = new URLSearchParams({ format: 'vendor-campaign-3', ...(time_zone && { time_zone }) });
  const data = rows.map((row) => JSON.stringify(asRow(REPORTS.campaign_3, row)));
  return target.json<ImportDocument>({
    method: 'POST',
    path: `/imports?${query}`,
    headers: { 'content-type': 'text/plain' },
    body: `{"code":200,"error":null,"msg":"${rows.length} records were found","data":[${data.join(',')}]}`,
  });
}

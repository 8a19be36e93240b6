import { TABLE_LIMITS, TABLE_MEDIA_TYPES, type TableColumn, type TableFormat } from '@recuento/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReportRequest } from '../../reports/report.js';
import { csvHead, readFile, type StreamedFormat, streamFile } from '../../reports/tables/files.js';
import { hasMoreThan, type Table } from '../../reports/tables/table.js';
import { keyOf } from '../door.js';
import { preferredLanguage } from '../language.js';
import { sendBody } from '../send-body.js';
import { between, sendChunks } from './send-chunks.js';
import { type TableCall, tooLong } from './table-call.js';

/** A table as a file. */
export interface TableFile {
  readonly table: Table;
  /** The same table in parts, one after another, for a stream: where sorting all rows at once would take too much memory. */
  readonly parts?: () => AsyncIterable<Table>;
  /** Without its extension. */
  readonly name: string;
  readonly format: Exclude<TableFormat, 'json'>;
  /** `words`: in the reader's language; `names`: the names of the API. */
  readonly headings: 'words' | 'names';
  readonly csv_guard: 'on' | 'off';
  /** Rows that the table may have in any format; absent: no limit. */
  readonly max_rows?: number;
}

/**
 * Sends a whole table. Every refusal comes before the first byte. A failure after it ends the connection, so that half a
 * file never looks like a whole one.
 *
 * @throws RecuentoError table-too-long, report-timeout, unavailable
 */
export function sendFile(call: TableCall, asked: ReportRequest, file: TableFile): Promise<FastifyReply> {
  switch (file.format) {
    case 'csv':
    case 'ndjson':
      return sendStream(call, asked, file);
    case 'parquet':
      return sendParquet(call, asked, file);
    case 'xlsx':
      return sendXlsx(call, asked, file);
  }
}

async function sendStream(call: TableCall, asked: ReportRequest, file: TableFile): Promise<FastifyReply> {
  const { request } = call;
  const { table, parts = () => [table], format, max_rows } = file;
  const head =
    format === 'csv' ? csvHead(headingsOf(request, file), file.headings === 'words') : Buffer.alloc(0);
  return sendChunks(call, asked, {
    chunks: between(head, streamFile(asked, parts(), engineFormatOf(file))),
    ...(max_rows !== undefined && { before: () => refuseAbove(asked, table, max_rows) }),
    describe: () => describe(call, file),
  });
}

function engineFormatOf({ format, csv_guard }: TableFile): StreamedFormat {
  if (format === 'csv') return csv_guard === 'on' ? 'csv_guarded' : 'csv';
  return 'ndjson';
}

async function sendParquet(call: TableCall, asked: ReportRequest, file: TableFile): Promise<FastifyReply> {
  const { table, max_rows } = file;
  const bytes = await asked.budget.run(async () => {
    await refuseAbove(asked, table, leastOf(max_rows, TABLE_LIMITS.parquet_rows_max));
    return readFile(asked, table, 'parquet');
  });
  return sendWhole(call, file, bytes);
}

async function sendXlsx(call: TableCall, asked: ReportRequest, file: TableFile): Promise<FastifyReply> {
  const { table, max_rows } = file;
  const { request, workers } = call;
  const { signal } = asked.budget.engine();
  const headings = headingsOf(request, file);
  const bytes = await asked.budget.run(() =>
    workers.admit(keyOf(request), signal, async () => {
      await refuseAbove(asked, table, leastOf(max_rows, TABLE_LIMITS.xlsx_rows_max));
      const rows = await readFile(asked, table, 'arrays');
      return workers.make(headings, rows, signal);
    }),
  );
  return sendWhole(call, file, bytes);
}

function sendWhole(call: TableCall, file: TableFile, bytes: Buffer): FastifyReply {
  const { services, request, reply } = call;
  describe(call, file);
  services.admission.replies.hold(keyOf(request), reply.raw, bytes.length);
  return sendBody(reply, [bytes], async () => undefined);
}

async function refuseAbove(asked: ReportRequest, table: Table, limit: number): Promise<void> {
  if (await hasMoreThan(asked, table, limit)) throw tooLong(limit);
}

function leastOf(max_rows = Number.POSITIVE_INFINITY, format_max: number): number {
  return Math.min(max_rows, format_max);
}

function headingsOf(request: FastifyRequest, { table, headings }: TableFile): string[] {
  return headingsOfColumns(request, table.columns, headings);
}

/** The headings of a file, in the reader's language or as the API names them. */
export function headingsOfColumns(
  request: FastifyRequest,
  columns: readonly TableColumn[],
  headings: TableFile['headings'],
): string[] {
  const language = preferredLanguage(request);
  return columns.map(({ name, heading }) => (headings === 'names' ? name : heading[language]));
}

/** Sets the headers that say what a file is. */
export function describe(
  { request, reply }: Pick<TableCall, 'request' | 'reply'>,
  { name, format, headings }: Pick<TableFile, 'name' | 'format' | 'headings'>,
): void {
  const media = TABLE_MEDIA_TYPES[format];
  reply
    .type(format === 'csv' || format === 'ndjson' ? `${media}; charset=utf-8` : media)
    .header('Content-Disposition', `attachment; filename="${name}.${format}"`);
  if (headings === 'names' || (format !== 'csv' && format !== 'xlsx')) return;
  reply.header('Content-Language', preferredLanguage(request)).header('Vary', 'Accept-Language');
}

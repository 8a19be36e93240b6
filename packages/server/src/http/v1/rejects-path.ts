import { Readable } from 'node:stream';
import { rejectsQuery } from '@recuento/contract';
import type { Imports, Reject } from '../../accounts/imports.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/imports/{id}/rejects`: the rejected lines, page by page as JSON, or whole as a CSV file. */
export function rejectsPath(services: Services, calls: NativeCalls): Handlers {
  const { imports } = services.accounts;
  return {
    GET: calls.ofOperation(['ingest'], async ({ request, reply, operation }) => {
      const { id } = request.params as { id: string };
      const job = await imports.get(operation.id, id);
      const { format, cursor, limit } = readQuery(rejectsQuery, request.query);
      if (format === 'csv') {
        return reply
          .type('text/csv; charset=utf-8')
          .header('Content-Disposition', `attachment; filename="rejects-${job.id}.csv"`)
          .send(Readable.from(csvOf(imports, job.id)));
      }
      const found = await imports.rejects(job.id, lineOf(cursor), limit + 1);
      const rejects = found.slice(0, limit);
      const next_cursor = found.length > limit ? cursorAt(rejects.at(-1)) : null;
      return { rejected: job.counts.rejected, rejects, next_cursor };
    }),
  };
}

/** The cursor is the number of the last line that was sent, in hex. */
function lineOf(cursor: string | undefined): number {
  const line = cursor === undefined ? 0 : Number.parseInt(cursor, 16);
  return Math.min(line, Number.MAX_SAFE_INTEGER);
}

function cursorAt(reject: Reject | undefined): string | null {
  return reject === undefined ? null : reject.line.toString(16);
}

/** Rejects that are read from the database at a time: 4 MiB with the longest lines. */
const READ_ROWS = 1_000;

async function* csvOf(imports: Imports, import_id: string): AsyncGenerator<string> {
  yield 'line,reason,raw\r\n';
  let after = 0;
  for (;;) {
    const rows = await imports.rejects(import_id, after, READ_ROWS);
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.line;
    yield rows.map((row) => `${row.line},${quoted(row.reason)},${quoted(row.raw)}\r\n`).join('');
  }
}

/** Quotes by RFC 4180. The raw line stays unchanged, so that it can be corrected and imported again. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

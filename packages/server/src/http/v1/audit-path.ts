import { type AuditDocument, listQuery } from '@recuento/contract';
import type { AuditRow } from '../../accounts/schema.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/audit`: changes of an operation's data that the data themselves do not show. */
export function auditPath(services: Services, calls: NativeCalls): Handlers {
  const { audit } = services.accounts;
  return {
    GET: calls.ofOperation(['admin'], async ({ request, operation }) => {
      const { cursor, limit } = readQuery(listQuery, request.query);
      const found = await audit.list(operation.id, cursor, limit + 1);
      const page = found.slice(0, limit);
      const next_cursor = found.length > limit ? (page.at(-1)?.id ?? null) : null;
      return { entries: page.map(shown), next_cursor };
    }),
  };
}

function shown({ id, at_ms, by, action, subject }: AuditRow): AuditDocument {
  return { id, at: new Date(at_ms).toISOString(), by, action, subject };
}

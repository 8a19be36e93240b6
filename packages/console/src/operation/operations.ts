import type { OperationDocument, SessionDocument } from '@recuento/contract';
import { useQuery } from '@tanstack/react-query';
import { documentOf } from '../api/call.js';
import { useWhere } from '../where/where.js';
import type { ShownOperation } from './operation.js';

export const OPERATIONS_KEY = ['operations'];

/** All operations: for the administrator alone. */
export function useOperations(enabled: boolean) {
  return useQuery({
    queryKey: OPERATIONS_KEY,
    queryFn: ({ signal }) =>
      documentOf<{ readonly operations: readonly OperationDocument[] }>('/v1/operations', { signal }),
    select: ({ operations }) => operations,
    enabled,
  });
}

/** The token's own operation; for the administrator the one that the address names, or the only one there is. */
export function useShownOperation(session: SessionDocument): ShownOperation | undefined {
  const { params } = useWhere();
  const operations = useOperations(session.caller === 'administrator').data ?? [];
  if (session.operation) return session.operation;
  const named = params.get('operation');
  return (
    operations.find(({ server }) => server === named) ?? (operations.length === 1 ? operations[0] : undefined)
  );
}

import type { MachineCode, OperationDocument, OperationPatch } from '@recuento/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { documentOf } from '../../../api/call.js';
import { useCalls } from '../../../operation/calls.js';
import { OPERATIONS_KEY } from '../../../operation/operations.js';

/** A change, as the API takes it: own words by their names. */
export type SentPatch = Omit<OperationPatch, 'words'> & {
  readonly words?: Readonly<Record<string, MachineCode | null>>;
};

/** Everything that is set of an operation. */
export function useOperationDocument(server: string) {
  const { key } = useCalls();
  return useQuery({
    queryKey: [key, 'operation'],
    queryFn: ({ signal }) => documentOf<OperationDocument>(pathOf(server), { signal }),
  });
}

/** Changes an operation: for the administrator alone. What is shown of it is asked again before the change counts as done. */
export function useChangeOperation(server: string) {
  const { key } = useCalls();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SentPatch) => documentOf<OperationDocument>(pathOf(server), { method: 'PATCH', body }),
    onSuccess: async (changed) => {
      client.setQueryData([key, 'operation'], changed);
      // Its name and clock stand around every screen, and numbers depend on its clock and limits.
      await client.invalidateQueries({ queryKey: OPERATIONS_KEY });
      await client.invalidateQueries({ queryKey: [key] });
    },
  });
}

const pathOf = (server: string) => `/v1/operations/${encodeURIComponent(server)}` as const;

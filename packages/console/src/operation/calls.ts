import { useMemo } from 'react';
import { addressOf, call, documentOf, type Sent } from '../api/call.js';
import { useOperationIfChosen } from './operation.js';

/**
 * Calls of the public API for the operation that is shown. Each names it: the browser's cookie may be another one's by now, if somebody signed
 * in in another tab, and the service refuses a call that names an operation which is not the session's.
 */
export interface OperationCalls {
  /** @throws Problem */
  readonly call: (path: `/v1/${string}`, sent?: Sent) => Promise<Response>;
  /** @throws Problem */
  readonly documentOf: <Document>(path: `/v1/${string}`, sent?: Sent) => Promise<Document>;
  /** Begins the key of each query, so that no number of one operation is shown for another. */
  readonly key: string;
  /** As a link has it, where the browser itself makes the call (a download). */
  readonly hrefOf: (path: `/v1/${string}`, query: NonNullable<Sent['query']>) => string;
}

export function useCalls(): OperationCalls {
  const server = useOperationIfChosen()?.server;
  return useMemo(() => {
    const named = server === undefined ? {} : { operation: server };
    const withOperation = (sent: Sent = {}): Sent => ({ ...sent, query: { ...sent.query, ...named } });
    return {
      call: (path, sent) => call(path, withOperation(sent)),
      documentOf: (path, sent) => documentOf(path, withOperation(sent)),
      key: `operation ${server ?? ''}`,
      hrefOf: (path, query) => addressOf(path, { ...query, ...named }),
    };
  }, [server]);
}

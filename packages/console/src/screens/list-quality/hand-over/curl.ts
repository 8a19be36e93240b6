import type { Sent } from '../../../api/call.js';
import { useCalls } from '../../../operation/calls.js';

/** The name of the variable that has the token. The line itself has no secret. */
const TOKEN = '$RECUENTO_TOKEN';

/**
 * The line for a terminal that makes a call of this operation.
 *
 * @param file where the reply goes; on the screen, where there is none
 */
export function useCurl(path: `/v1/${string}`, query: NonNullable<Sent['query']>, file?: string): string {
  const { hrefOf } = useCalls();
  return curlLine(location.origin + hrefOf(path, query), file);
}

/** Addresses have no character that means anything within these quotes: each of their parts is encoded. */
export function curlLine(address: string, file?: string): string {
  const into = file === undefined ? '' : ` -o ${file}`;
  return `curl -sS --fail -H "Authorization: Bearer ${TOKEN}"${into} "${address}"`;
}

import type { ImportDocument } from '@recuento/contract';
import { Problem, problemOf } from '../../../api/problem.js';

interface Sending {
  readonly signal: AbortSignal;
  /** Called with the bytes that have left the browser so far. */
  readonly onSent: (bytes: number) => void;
}

/**
 * Sends a file as it is on the disk: it may be larger than memory. `fetch` does not tell how much of a body has been sent, so this is the
 * one call that is made by other means.
 *
 * @throws Problem; the signal's reason
 */
export function sendFile(address: string, file: File, { signal, onSent }: Sending): Promise<ImportDocument> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', address);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', document.documentElement.lang);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => reject(new Problem(0, 'unreachable', ''));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    request.onload = () => {
      if (request.status === 202) resolve(JSON.parse(request.responseText));
      else problemOf(replyOf(request)).then(reject, reject);
    };
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    signal.addEventListener('abort', abort);
    request.send(file);
  });
}

function replyOf({ status, statusText, responseText }: XMLHttpRequest): Response {
  return new Response(responseText, { status, statusText });
}

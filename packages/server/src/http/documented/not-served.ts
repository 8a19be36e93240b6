import { apiOf, NOT_SERVED, type NotServed, RecuentoError } from '@recuento/contract';
import { ENDPOINTS } from '../endpoints.js';

/**
 * The error for a call of the documented API that this service does not have. If the vendor has the call, the error says
 * why it is not served here and what is.
 *
 * @param file the script that is asked for
 */
export function unknownApi(file: string, api: string): RecuentoError {
  const found = notServed(file, api);
  return found ? refusal(found, api) : new RecuentoError('unknown-api');
}

/** The matching entry among the vendor's calls that are not served. */
export function notServed(file: string, api: unknown): NotServed | undefined {
  return NOT_SERVED.find((one) => one.file === file && typeof api === 'string' && one.api?.test(api));
}

/** The same for a path that this service does not have. @param url its path, and a query string, which is ignored */
export function unknownPath(url: string): RecuentoError {
  const path = (url.split(/[?#]/, 1)[0] ?? '').replace(/\/+/g, '/').replace(/\/$/, '');
  const found = NOT_SERVED.find(
    (one) => one.api === undefined && path.endsWith(`/${one.file}`.replace('//', '/')),
  );
  return found ? refusal(found, found.file) : new RecuentoError('unknown-api');
}

function refusal({ reason }: NotServed, api: string): RecuentoError {
  return new RecuentoError('api-not-served', {
    values: { api, reason: reason.en.toUpperCase(), served: SERVED },
  });
}

const DOCUMENTED = ENDPOINTS.filter(({ api_kind }) => api_kind === 'documented');
const fileOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Everything that is served: `reports_manager.php: campaign_8, campaign_1; information.php: campaigns`. */
const SERVED = [...new Set(DOCUMENTED.map(({ path }) => path))]
  .map(
    (path) =>
      `${fileOf(path)}: ${DOCUMENTED.filter((one) => one.path === path)
        .map(apiOf)
        .join(', ')}`,
  )
  .join('; ');

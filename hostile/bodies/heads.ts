import type { Hostile } from './post.js';

/** A head may have 16 KiB in all. */
const KIB_15 = 15 * 1_024;
const long = (text: string): string => text.repeat(KIB_15 / text.length).slice(0, KIB_15);

/** Requests without a body whose head is long, or is a riddle. */
export function hostileHeads(): Hostile[] {
  const report =
    '/api/v2/reports_manager.php?api=campaign_8&campaign_id=1001&date_ini=20251001000000&date_end=20251031235959';
  const trend = '/v1/trend?campaign_id=all&from=2025-10-01T00:00:00Z&to=2025-10-31T00:00:00Z';
  const headers: readonly (readonly [string, string])[] = [
    ['cookie', long('a=b; ')],
    ['accept-encoding', long('gzip;q=0.1,')],
    ['accept-encoding', long(', ')],
    ['accept-language', long('es;q=0.1,')],
    ['accept-language', long('a-')],
    ['if-none-match', long('W/"a",')],
    ['if-none-match', long('"')],
    ['authorization', `Basic ${long('a')}`],
    ['wolkvox_server', long('wv')],
    ['idempotency-key', long('k')],
  ];
  const queries: readonly string[] = [
    `${report}&${long('a=1&')}`,
    `${report}&${long('api=campaign_8&')}`,
    `${report}&${long('campaign_id=1&')}`,
    `${report}&cursor=${long('a')}`,
    `${report}&cursor=${long('%')}`,
    `${trend}&${long('format=csv&')}`,
    `/v1/machine-codes?campaign_id=all&from=${long('9')}`,
    `/v1/machine-codes?campaign_id=all&sort=${long('-')}`,
    `/v1/${long('a/')}`,
    `/docs/errors/${long('%2e')}`,
    `/v1/imports?cursor=${long('9')}`,
  ];
  return [
    ...headers.map(([name, value]) => ({
      name: `head: ${name}: ${value.slice(0, 20)} … 15 KiB`,
      method: 'GET' as const,
      path: report,
      headers: { [name]: value },
    })),
    ...queries.map((path) => ({
      name: `query: ${path.slice(0, 20)} … ${path.slice(-20)}`,
      method: 'GET' as const,
      path,
    })),
  ];
}

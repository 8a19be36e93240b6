import { DEFAULT_LIMITS, SESSION_LIMITS } from '@recuento/contract';
import { campaignNames, type GenerateOptions } from '@recuento/generator';
import { BOGOTA_OFFSET_S } from './plan.js';
import { figure } from './progress.js';

/**
 * The message of a running demo: its addresses, its token, and lines to paste.
 *
 * @param link opens the console signed in, once
 */
export function greeting(
  url: string,
  token: string,
  link: string,
  data: string,
  options: GenerateOptions,
): string {
  const [[campaign_id, name] = [0, '']] = campaignNames(options.campaigns);
  const first = vendorDate(options.until_s - options.days * 86_400);
  const last = vendorDate(options.until_s - 1);
  const window = `${isoDay(first)} to ${isoDay(last)}`;
  // The first campaign is the largest, with less than 1.3 times the mean: see campaigns.ts of the generator.
  const one = curlLine(url, token, campaign_id, first, last, (options.attempts / options.campaigns) * 1.3);
  const all = curlLine(url, token, 'all', first, last, options.attempts);
  return `
Recuento demo is serving. Open this link in a browser: it signs you in, once, within ${LINK_MINUTES} minutes.

  ${link}

  URL    ${url}
  Docs   ${url}/docs
  Token  ${token}
  Data   ${data}: ${figure(options.attempts)} attempts in ${options.campaigns} campaigns, ${window}

Machine codes by telephone, campaign ${campaign_id} (${name}):

  ${one}

All campaigns${all.includes('&cursor=') ? `, a page of at most ${figure(DEFAULT_LIMITS.max_rows)} rows; next_cursor leads to the next` : ''}:

  ${all}

Stop it with Ctrl+C, or: kill ${process.pid}
`;
}

const LINK_MINUTES = SESSION_LIMITS.link_lives_ms / 60_000;

/** @param rows_max an upper bound of the report's rows; above the limit of a reply, the line requests a page */
function curlLine(
  url: string,
  token: string,
  campaign: number | 'all',
  first: string,
  last: string,
  rows_max: number,
): string {
  const query = `api=campaign_8&campaign_id=${campaign}&date_ini=${first}&date_end=${last}`;
  const cursor = rows_max > DEFAULT_LIMITS.max_rows ? '&cursor=' : '';
  return `curl -sS -H 'wolkvox-token: ${token}' '${url}/api/v2/reports_manager.php?${query}${cursor}'`;
}

/** YYYYmmddHHiiss by the clock of Bogota. */
function vendorDate(instant_s: number): string {
  const wall = new Date((instant_s + BOGOTA_OFFSET_S) * 1_000).toISOString();
  return wall.slice(0, 19).replace(/\D/g, '');
}

function isoDay(vendor_date: string): string {
  return `${vendor_date.slice(0, 4)}-${vendor_date.slice(4, 6)}-${vendor_date.slice(6, 8)}`;
}

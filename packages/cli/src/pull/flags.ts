import { extname } from 'node:path';
import { type ReportName, ReportsManager } from '@recuento/client';
import { addressBefore } from '@recuento/client/parts';
import { UsageError } from '../usage-error.js';
import { FORMATS, type Format } from './formats.js';
import type { PullJob } from './pull.js';

/** The flags of the command line. */
export interface PullFlags {
  readonly url: string;
  readonly campaign?: string;
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
  readonly format?: Format;
  readonly api?: ReportName;
  readonly into?: string;
  readonly timeZone?: string;
  readonly every?: number | true;
  readonly verify?: true;
  readonly windowDays?: number;
  readonly callsPerDay?: number;
  readonly rowLimit?: number;
}

/** One day, so that a missing day shows; a month then costs 31 calls. `campaign_1` cannot be added up. */
const WINDOW_DAYS = 1;
const CAMPAIGN_1_WINDOW_DAYS = 31;
/** The name under which --into keeps its progress. */
const INTO_FILE = 'recuento-into';

/** @throws UsageError when the environment has no token */
export function clientOf({ url, callsPerDay, rowLimit }: PullFlags): ReportsManager {
  const token = process.env.RECUENTO_TOKEN;
  if (!token)
    throw new UsageError('RECUENTO_TOKEN is not set. It takes the token of the server that is pulled from.');
  return new ReportsManager({
    baseUrl: url,
    token,
    ...(callsPerDay !== undefined && { callsPerDay }),
    ...(rowLimit !== undefined && { rowLimit }),
  });
}

/** @throws UsageError when a flag is missing */
export function jobOf(flags: PullFlags, client: ReportsManager, signal: AbortSignal): PullJob {
  const file = flags.into === undefined ? needed('-o', flags.output) : (flags.output ?? INTO_FILE);
  const api = flags.api ?? 'campaign_8';
  return {
    client,
    base_url: addressBefore(flags.url),
    api,
    campaign: needed('--campaign', flags.campaign),
    from: needed('--from', flags.from),
    to: needed('--to', flags.to),
    window_days: flags.windowDays ?? (api === 'campaign_1' ? CAMPAIGN_1_WINDOW_DAYS : WINDOW_DAYS),
    file,
    format: flags.format ?? FORMATS.find((format) => extname(file) === `.${format}`) ?? 'csv',
    signal,
  };
}

/** @throws UsageError when the flag was not given */
export function needed(flag: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(`${flag} is missing. recuento pull --help lists what a pull takes.`);
}

import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ReportName, ReportsError, ReportsManager } from '@recuento/client';
import { REPORTS } from '@recuento/client/parts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { FORMATS, type Format } from '../pull/formats.js';
import { interval } from '../pull/interval.js';
import { type PullJob, pull } from '../pull/pull.js';
import { pullProgress } from '../pull/pull-progress.js';
import { gapLines, pulledLine, verifiedLines } from '../pull/summary.js';
import { manifestOf, verify } from '../pull/verify.js';
import { untilSignal } from '../until-signal.js';
import { UsageError } from '../usage-error.js';

interface PullFlags {
  readonly url: string;
  readonly campaign?: string;
  readonly from?: string;
  readonly to?: string;
  readonly output?: string;
  readonly format?: Format;
  readonly api: ReportName;
  readonly every?: number | true;
  readonly verify?: true;
  readonly windowDays?: number;
  readonly callsPerDay?: number;
  readonly rowLimit?: number;
}

/** The API's advice to callers. */
const EVERY_MS = 300_000;
/** So a day that is missing shows; a month then costs 31 calls. `campaign_1` cannot be added up. */
const WINDOW_DAYS = 1;
const CAMPAIGN_1_WINDOW_DAYS = 31;

/** `recuento pull`: any range from any server that speaks the documented API, into a file. */
export function addPull(program: Command): void {
  program
    .command('pull')
    .description('read any range from any server that speaks the documented API into a file (RECUENTO_TOKEN)')
    .requiredOption('--url <address>', 'the server: what comes before /api/v2')
    .option('--campaign <id>', 'a campaign, or all')
    .option('--from <date>', 'YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS of the operation')
    .option('--to <date>', 'the same; a date includes its whole day')
    .option('-o, --output <file>', 'the file; its manifest is FILE.manifest.json')
    .addOption(new Option('--format <format>', "default: from the file's name, else csv").choices(FORMATS))
    .addOption(
      new Option('--api <report>', 'which report').choices(Object.keys(REPORTS)).default('campaign_8'),
    )
    .option('--every [interval]', 'go on until stopped, and bring the file up to date (default 5m)', interval)
    .option('--verify', 'read the windows of FILE.manifest.json again, and name those that changed')
    .option(
      '--window-days <days>',
      'days that a call asks for, 1 to 31 (default 1, so that gaps show)',
      whole,
    )
    .option(
      '--calls-per-day <calls>',
      'calls that this machine may make with the token (default 1000)',
      whole,
    )
    .option('--row-limit <rows>', 'rows from which on a reply may have been cut (default 60000)', whole)
    .action((flags: PullFlags) => untilSignal((signal) => run(flags, signal)));
}

async function run(flags: PullFlags, signal: AbortSignal): Promise<void> {
  try {
    if (flags.verify) await verifyFile(flags, signal);
    else await pullFile(flags, signal);
  } catch (error) {
    if (signal.aborted) return stopped(flags);
    throw isExplained(error) ? new UsageError(error.message) : error;
  }
}

/** What the server, the network or the file system says needs no stack. */
function isExplained(error: unknown): error is Error {
  return error instanceof ReportsError || (error instanceof Error && 'syscall' in error);
}

function stopped({ every, verify: verifying }: PullFlags): void {
  process.exitCode = every === undefined ? 130 : 0;
  if (!verifying) console.error('Stopped. The same command goes on where this one was.');
}

async function pullFile(flags: PullFlags, signal: AbortSignal): Promise<void> {
  const client = clientOf(flags);
  const job = jobOf(flags, client, signal);
  if (flags.every === undefined) return pullOnce(job, client);
  const every_ms = flags.every === true ? EVERY_MS : flags.every;
  for (;;) {
    const began_ms = performance.now();
    try {
      await pullOnce({ ...job, keep_parts: true }, client);
    } catch (error) {
      // What passes by itself is told, and the next round tries again; what is asked wrongly stays wrong.
      if (signal.aborted || !(error instanceof ReportsError) || !mayPass(error)) throw error;
      console.error(`${new Date().toISOString()} ${error.message}`);
    }
    await sleep(Math.max(0, began_ms + every_ms - performance.now()), undefined, { signal });
  }
}

const PASSING = new Set(['ConnectionError', 'ServerError', 'LimitError', 'InvalidReplyError']);

function mayPass(error: ReportsError): boolean {
  return PASSING.has(error.name);
}

async function pullOnce(job: PullJob, client: ReportsManager): Promise<void> {
  const progress = pullProgress(job.file, () => client.calls);
  try {
    const pulled = await pull({ ...job, onWindow: progress.window });
    progress.clear();
    for (const line of gapLines(pulled.manifest.warnings)) console.error(line);
    process.stdout.write(`${pulledLine(job.file, pulled, client.calls)}\n`);
  } catch (error) {
    progress.clear();
    throw error;
  }
}

async function verifyFile(flags: PullFlags, signal: AbortSignal): Promise<void> {
  const file = needed('-o', flags.output);
  const manifest = await manifestOf(file);
  const client = clientOf(flags);
  const progress = pullProgress(file, () => client.calls);
  const changed = await verify(client, manifest, { signal, onWindow: progress.window });
  progress.clear();
  process.stdout.write(`${verifiedLines(manifest.windows.length, changed, client.calls).join('\n')}\n`);
  if (changed.length > 0) process.exitCode = 1;
}

function clientOf({ url, callsPerDay, rowLimit }: PullFlags): ReportsManager {
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

function jobOf(flags: PullFlags, client: ReportsManager, signal: AbortSignal): PullJob {
  const file = needed('-o', flags.output);
  return {
    client,
    base_url: flags.url.replace(/\/+$/, ''),
    api: flags.api,
    campaign: needed('--campaign', flags.campaign),
    from: needed('--from', flags.from),
    to: needed('--to', flags.to),
    window_days: flags.windowDays ?? (flags.api === 'campaign_1' ? CAMPAIGN_1_WINDOW_DAYS : WINDOW_DAYS),
    file,
    format: flags.format ?? FORMATS.find((format) => extname(file) === `.${format}`) ?? 'csv',
    signal,
  };
}

function needed(flag: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(`${flag} is missing. recuento pull --help lists what a pull takes.`);
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed');
}

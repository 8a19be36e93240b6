import { extname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ReportName, ReportsError, ReportsManager } from '@recuento/client';
import { REPORTS } from '@recuento/client/parts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ApiClient, ServerRefusal, ServerUnreachable } from '../api-client.js';
import { FORMATS, type Format } from '../pull/formats.js';
import { interval } from '../pull/interval.js';
import { pullInto } from '../pull/into.js';
import { type PullJob, pull } from '../pull/pull.js';
import { pullProgress } from '../pull/pull-progress.js';
import { gapLines, intoLine, pulledLine, verifiedLines } from '../pull/summary.js';
import { keptManifest, verify } from '../pull/verify.js';
import { untilSignal } from '../until-signal.js';
import { UsageError } from '../usage-error.js';

interface PullFlags {
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

/** The API's advice to callers. */
const EVERY_MS = 300_000;
/** So a day that is missing shows; a month then costs 31 calls. `campaign_1` cannot be added up. */
const WINDOW_DAYS = 1;
const CAMPAIGN_1_WINDOW_DAYS = 31;
/** Under this name --into keeps how far it is. */
const INTO_FILE = 'recuento-into';

/** `recuento pull`: any range from any server that speaks the documented API, into a file. */
export function addPull(program: Command): void {
  program
    .command('pull')
    .description('read any range from any server that speaks the documented API into a file (RECUENTO_TOKEN)')
    .requiredOption('--url <address>', 'the server: what comes before /api/v2')
    .option('--campaign <id>', 'a campaign, or all')
    .option('--from <date>', 'YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS of the operation')
    .option('--to <date>', 'the same; a date includes its whole day')
    .option(
      '-o, --output <file>',
      'the file; its manifest is FILE.manifest.json (default with --into: recuento-into)',
    )
    .addOption(new Option('--format <format>', "default: from the file's name, else csv").choices(FORMATS))
    .addOption(
      new Option('--api <report>', 'which report')
        .choices(Object.keys(REPORTS))
        .default(undefined, 'campaign_8'),
    )
    .option('--every [interval]', 'go on until stopped, and bring the file up to date (default 5m)', interval)
    .option('--verify', 'read the windows of FILE.manifest.json again, and name those that changed')
    .option('--into <url>', 'import the attempts (campaign_3) into that Recuento (RECUENTO_INTO_TOKEN)')
    .option('--time-zone <zone>', "with --into: zone of the server's dates (default: that of the operation)")
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
  const once =
    flags.into === undefined ? (round: PullJob) => pullOnce(round, client) : intoOnce(flags, client);
  if (flags.every === undefined) return once(job);
  const every_ms = flags.every === true ? EVERY_MS : flags.every;
  for (;;) {
    const began_ms = performance.now();
    try {
      await once({ ...job, keep_parts: true });
    } catch (error) {
      // What passes by itself is told, and the next round tries again; what is asked wrongly stays wrong.
      if (signal.aborted || !mayPass(error)) throw error;
      console.error(`${new Date().toISOString()} ${error.message}`);
    }
    await sleep(Math.max(0, began_ms + every_ms - performance.now()), undefined, { signal });
  }
}

const PASSING = new Set(['ConnectionError', 'ServerError', 'LimitError', 'InvalidReplyError']);

function mayPass(error: unknown): error is Error {
  if (error instanceof ServerRefusal) return error.mayPass;
  return error instanceof ServerUnreachable || (error instanceof ReportsError && PASSING.has(error.name));
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

/** Imports into another Recuento. Lines that it rejects are told, and the exit code says so. */
function intoOnce(flags: PullFlags, client: ReportsManager): (job: PullJob) => Promise<void> {
  const { RECUENTO_INTO_TOKEN } = process.env;
  if (!RECUENTO_INTO_TOKEN) {
    throw new UsageError(
      'RECUENTO_INTO_TOKEN is not set. It takes a token of the target with the scope ingest.',
    );
  }
  if (flags.api !== undefined && flags.api !== 'campaign_3') {
    throw new UsageError('--into takes the attempts of campaign_3: leave --api out.');
  }
  const target = ApiClient.fromEnvironment({ RECUENTO_URL: flags.into, RECUENTO_TOKEN: RECUENTO_INTO_TOKEN });
  return async (job) => {
    const progress = pullProgress(job.file, () => client.calls);
    const time_zone = flags.timeZone !== undefined && { time_zone: flags.timeZone };
    try {
      const pulled = await pullInto({
        ...job,
        api: 'campaign_3',
        target,
        ...time_zone,
        onWindow: progress.window,
      });
      progress.clear();
      for (const line of gapLines(pulled.manifest.warnings)) console.error(line);
      process.stdout.write(`${intoLine(target.url, pulled, client.calls)}\n`);
      if (pulled.rejected > 0) process.exitCode = 1;
    } catch (error) {
      progress.clear();
      throw error;
    }
  };
}

async function verifyFile(flags: PullFlags, signal: AbortSignal): Promise<void> {
  const file = needed('-o', flags.output);
  const manifest = await keptManifest(file);
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
  const file = flags.into === undefined ? needed('-o', flags.output) : (flags.output ?? INTO_FILE);
  const api = flags.api ?? 'campaign_8';
  return {
    client,
    base_url: flags.url.replace(/\/+$/, ''),
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

function needed(flag: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new UsageError(`${flag} is missing. recuento pull --help lists what a pull takes.`);
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed');
}

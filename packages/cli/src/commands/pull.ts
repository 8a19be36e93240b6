import { ReportsError } from '@recuento/client';
import { REPORTS } from '@recuento/client/parts';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { clientOf, jobOf, needed, type PullFlags } from '../pull/flags.js';
import { FORMATS } from '../pull/formats.js';
import { interval } from '../pull/interval.js';
import { pullProgress } from '../pull/pull-progress.js';
import { everyRound, intoOnce, pullOnce, type Round } from '../pull/rounds.js';
import { verifiedLines } from '../pull/summary.js';
import { keptManifest, verify } from '../pull/verify.js';
import { untilSignal } from '../until-signal.js';
import { UsageError } from '../usage-error.js';

/** The API's advice to callers. */
const EVERY_MS = 300_000;

/** `recuento pull`: reads any range from any server of the documented API into a file. */
export function addPull(program: Command): void {
  program
    .command('pull')
    .description('read any range from any server of the documented API into a file (RECUENTO_TOKEN)')
    .requiredOption('--url <address>', 'address of the server, before /api/v2')
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
    .option('--every [interval]', 'keep the file up to date until stopped (default 5m)', interval)
    .option('--verify', 'read the windows of FILE.manifest.json again, and name those that changed')
    .option('--into <url>', 'import the attempts (campaign_3) into that Recuento (RECUENTO_INTO_TOKEN)')
    .option('--time-zone <zone>', "with --into: zone of the server's dates (default: that of the operation)")
    .option('--window-days <days>', 'days of one call, 1 to 31 (default 1, so that gaps show)', whole)
    .option(
      '--calls-per-day <calls>',
      'calls that this machine may make with the token (default 1000)',
      whole,
    )
    .option('--row-limit <rows>', 'a reply with this many rows may have been cut (default 60000)', whole)
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

/** Failures of the server, the network or the file system explain themselves, so no stack is shown. */
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
  const round: Round =
    flags.into === undefined ? (again) => pullOnce(again, client) : intoOnce(flags, client);
  if (flags.every === undefined) return round(job);
  return everyRound(job, flags.every === true ? EVERY_MS : flags.every, round);
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

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed');
}

import { setTimeout as sleep } from 'node:timers/promises';
import { ReportsError, type ReportsManager } from '@recuento/client';
import { ApiClient, ServerRefusal, ServerUnreachable } from '../api-client.js';
import { UsageError } from '../usage-error.js';
import type { PullFlags } from './flags.js';
import { pullInto } from './into.js';
import { type PullJob, pull } from './pull.js';
import { pullProgress } from './pull-progress.js';
import { intoLine, pulledLine, warningLines } from './summary.js';

/** One reading of the range. It shows its progress and its result. */
export type Round = (job: PullJob) => Promise<void>;

/** Reads into a file. */
export async function pullOnce(job: PullJob, client: ReportsManager): Promise<void> {
  const progress = pullProgress(job.file, () => client.calls);
  try {
    const pulled = await pull({ ...job, onWindow: progress.window });
    progress.clear();
    for (const line of warningLines(pulled.manifest)) console.error(line);
    process.stdout.write(`${pulledLine(job.file, pulled, client.calls)}\n`);
  } catch (error) {
    progress.clear();
    throw error;
  }
}

/** Imports into another Recuento. Rejected lines are shown, and the exit code reports them. */
export function intoOnce(flags: PullFlags, client: ReportsManager): Round {
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
      for (const line of warningLines(pulled.manifest)) console.error(line);
      process.stdout.write(`${intoLine(target.url, pulled, client.calls)}\n`);
      if (pulled.rejected > 0) process.exitCode = 1;
    } catch (error) {
      progress.clear();
      throw error;
    }
  };
}

/** Repeats rounds until the job's signal fires. The interval is between the starts of two rounds. */
export async function everyRound(job: PullJob, every_ms: number, round: Round): Promise<never> {
  for (;;) {
    const began_ms = performance.now();
    try {
      await round({ ...job, keep_parts: true });
    } catch (error) {
      // A temporary failure is shown, and the next round tries again. A wrong request would stay wrong, and ends the command.
      if (job.signal?.aborted || !mayPass(error)) throw error;
      console.error(`${new Date().toISOString()} ${error.message}`);
    }
    const left_ms = Math.max(0, began_ms + every_ms - performance.now());
    await sleep(left_ms, undefined, job.signal && { signal: job.signal });
  }
}

const PASSING = new Set(['ConnectionError', 'ServerError', 'LimitError', 'InvalidReplyError']);

function mayPass(error: unknown): error is Error {
  if (error instanceof ServerRefusal) return error.mayPass;
  return error instanceof ServerUnreachable || (error instanceof ReportsError && PASSING.has(error.name));
}

import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Attempt, MachineCode } from '@recuento/contract';
import { generate } from '@recuento/generator';

const SEED = 42;
const UNTIL_S = Date.UTC(2025, 10, 1, 5) / 1_000;

/**
 * A `Master.csv` of Asterisk (cdr_csv, 18 columns, UTC) with `lines` generated dials. It stays under the system's
 * temporary directory for the next run.
 */
export async function masterCsv(lines: number, say: (line: string) => void): Promise<string> {
  const directory = join(tmpdir(), 'recuento-bench');
  const path = join(directory, `Master-v2-${lines}.csv`);
  if (existsSync(path)) return path;
  say(`Writing ${path}`);
  await mkdir(directory, { recursive: true });
  await pipeline(Readable.from(text(lines)), createWriteStream(`${path}.draft`));
  await rename(`${path}.draft`, path);
  return path;
}

function* text(lines: number): Generator<string> {
  let written = 0;
  for (const batch of generate({ seed: SEED, attempts: lines, until_s: UNTIL_S, days: 31, campaigns: 1 })) {
    const rows = batch.slice(0, lines - written);
    written += rows.length;
    yield rows.map(lineOf).join('');
  }
}

const DISPOSITION: Partial<Record<MachineCode, string>> = {
  no_answer: 'NO ANSWER',
  answer_machine: 'ANSWERED',
  busy: 'BUSY',
  congestion: 'CONGESTION',
  answer: 'ANSWERED',
};

function lineOf(attempt: Attempt, at: number): string {
  const {
    telephone,
    dialed_at,
    result,
    trunk = 'trunk',
    duration_seconds: seconds = 0,
    attempt_id,
  } = attempt;
  const start = new Date(dialed_at * 1_000).toISOString().slice(0, 19).replace('T', ' ');
  const amd = result === 'answer_machine' ? 'MACHINE' : '';
  const channel = at.toString(16).padStart(8, '0');
  return (
    `"","1000","${telephone}","outbound","""Agent"" <1000>","PJSIP/1000-${channel}","PJSIP/${trunk}-${channel}",` +
    `"Dial","PJSIP/${telephone}@${trunk},30","${start}",,"${start}",${seconds + 8},${seconds},` +
    `"${DISPOSITION[result] ?? 'FAILED'}","DOCUMENTATION","${dialed_at}.${attempt_id.replace(/\D/g, '')}","${amd}"\n`
  );
}

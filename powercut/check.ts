import { setTimeout as sleep } from 'node:timers/promises';
import type { ServedProcess } from '../bench/served.js';
import type { Ledger, ReportRow } from './ledger.js';
import { startServed } from './served.js';

/** What a token that is not there is answered. */
const UNKNOWN_TOKEN = 403;

const LOOK_MS = 50;
/** Some seconds on a busy machine. */
const TAKING_BACK_MAX_MS = 120_000;

/** Starts the service on what a cut left, and asks it for everything. @returns what is wrong */
export async function faultsOf(directory: string, ledger: Ledger, place: number): Promise<string[]> {
  let served: ServedProcess;
  try {
    served = await startServed(directory);
  } catch (error) {
    return [`the start was refused: ${error}`];
  }
  try {
    const faults: string[] = [];
    for (const [operation, { token, acknowledged }] of ledger.tokens) {
      await takenBack(served.url, token);
      const rows = await report(served.url, token);
      if (rows) faults.push(...ledger.faults(operation, place, rows));
      else if (acknowledged <= place) faults.push(`operation ${operation} and its token are gone`);
    }
    return faults;
  } finally {
    served.kill();
    await served.stop();
  }
}

/** Resolves when nothing is being taken back any more: a start goes on with what it finds noted. */
async function takenBack(url: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  for (let waited_ms = 0; waited_ms < TAKING_BACK_MAX_MS; waited_ms += LOOK_MS) {
    const told = await (await fetch(`${url}/v1/imports`, { headers })).text();
    if (!told.includes('"undoing"')) return;
    await sleep(LOOK_MS);
  }
  throw new Error('an import is being taken back for ever');
}

/** All of an operation, or undefined where its token is not known. */
async function report(url: string, token: string): Promise<ReportRow[] | undefined> {
  const query = 'api=campaign_8&campaign_id=all&date_ini=20260101000000&date_end=20261231235959';
  const reply = await fetch(`${url}/api/v2/reports_manager.php?${query}`, {
    headers: { 'wolkvox-token': token },
  });
  const told: unknown = await reply.json();
  if (typeof told !== 'object' || told === null || !('code' in told)) throw new Error(JSON.stringify(told));
  if (Number(told.code) === UNKNOWN_TOKEN) return undefined;
  const is_answer = [200, 404].includes(Number(told.code));
  if (is_answer && 'data' in told && Array.isArray(told.data)) return told.data;
  throw new Error(JSON.stringify(told).slice(0, 300));
}

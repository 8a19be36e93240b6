import type { Agent } from 'node:http';
import { type Caller, expectDone } from './call.js';

/** All of A's telephones begin so, and nothing of B's does: where it is found, A's rows are. */
export const OF_A = 'of-A-alone-';

/** The window of all attempts: October 2025 in Bogota, long closed, so that replies have an ETag. */
export const WINDOW = { date_ini: '20251001000000', date_end: '20251031235959' } as const;
export const INSTANTS = { from: '2025-10-01T00:00:00-05:00', to: '2025-10-31T23:59:59-05:00' } as const;
const FIRST_MS = Date.UTC(2025, 9, 1, 5);

export interface SceneSize {
  /** So many that the engine writes a reply of all of them in several blocks, and can be stopped between them. */
  readonly attempts_of_a: number;
  readonly attempts_of_b: number;
  /** Connections that ask for B at once: each has a token, which has slots of its own. */
  readonly askers: number;
}

/** Two neighbours. A is hostile, and is there more than once: as it is, with little time, and with little room. */
export interface Scene {
  readonly admin_token: string;
  readonly tokens_of_a: readonly string[];
  /** Of A with a time limit that is changed from call to call. */
  readonly late: { readonly server: string; readonly token: string };
  /** Of A whose replies may have ten rows and a kibibyte. */
  readonly small: { readonly token: string };
  readonly tokens_of_b: readonly string[];
}

/** As many lanes as A misbehaves in at once: each has a token of its own. */
export const LANES_OF_A = 6;
const LICENCES = 100_000;
const RESULTS = ['no_answer', 'busy', 'failed', 'answer', 'answer_machine', 'congestion', 'abandon'] as const;
/** Enough to be refused as too many. */
const FEW = 1_000;
const UPLOAD_RECORDS = 50_000;

/** Fills a service with both. */
export async function setScene(
  base: string,
  admin_token: string,
  agent: Agent,
  size: SceneSize,
): Promise<Scene> {
  const administrator = { base, token: admin_token, agent };
  const a = await operation(administrator, 'neighbourA', {});
  const late = await operation(administrator, 'neighbourAlate', {});
  const small = await operation(administrator, 'neighbourAsmall', { max_rows: 10, max_reply_bytes: 1_024 });
  const b = await operation(administrator, 'neighbourB', {});
  const tokens_of_a = await tokens(administrator, a, LANES_OF_A);
  const tokens_of_b = await tokens(administrator, b, size.askers);
  const [late_token = ''] = await tokens(administrator, late, 1);
  const [small_token = ''] = await tokens(administrator, small, 1);
  for (const token of [tokens_of_a[0] ?? '', late_token]) {
    await fill({ base, token, agent }, OF_A, size.attempts_of_a);
  }
  await fill({ base, token: small_token, agent }, OF_A, FEW);
  const caller = { base, token: tokens_of_b[0] ?? '', agent };
  await fill(caller, '5730012', size.attempts_of_b);
  await fillLists(caller);
  return {
    admin_token,
    tokens_of_a,
    late: { server: late, token: late_token },
    small: { token: small_token },
    tokens_of_b,
  };
}

async function operation(
  administrator: Caller,
  server: string,
  limits: Record<string, number>,
): Promise<string> {
  const settings = { server, name: server, licences: LICENCES, time_zone: 'America/Bogota' };
  const more = { max_records: 100_000, max_simultaneous: 64, max_rows: 1_000_000, ...limits };
  const body = JSON.stringify({ ...settings, limits: more });
  await expectDone(administrator, { path: '/v1/operations', method: 'POST', body });
  return server;
}

async function tokens(administrator: Caller, server: string, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const body = JSON.stringify({
      operation: server,
      name: 'neighbour',
      scopes: ['report', 'ingest', 'admin'],
    });
    const { body: reply } = await expectDone(administrator, { path: '/v1/tokens', method: 'POST', body });
    const { token }: { token: string } = JSON.parse(reply.toString());
    made.push(token);
  }
  return made;
}

/** Attempts of two campaigns over the month, one or two of each telephone. */
async function fill(caller: Caller, prefix: string, attempts: number): Promise<void> {
  for (let from = 0; from < attempts; from += UPLOAD_RECORDS) {
    const length = Math.min(UPLOAD_RECORDS, attempts - from);
    const records = Array.from({ length }, (_, at) => record(prefix, from + at));
    await expectDone(caller, { path: '/v1/attempts', method: 'POST', body: JSON.stringify(records) });
  }
}

function record(prefix: string, at: number): Record<string, unknown> {
  const dialed_at = new Date(FIRST_MS + (at % 40_000) * 60_000).toISOString();
  return {
    attempt_id: `${prefix}${at}`,
    campaign_id: 1_001 + (at % 2),
    telephone: `${prefix}${String(Math.floor(at / 1.5)).padStart(7, '0')}`,
    dialed_at,
    result: RESULTS[at % RESULTS.length],
    customer_name: `${prefix}name ${at}`,
    opt1: `${prefix}file ${at % 97}`,
    amd: at % 2 === 0 ? 'machine' : 'human',
    customer_id: String(at % 1_000),
    trunk: `${prefix}trunk ${at % 3}`,
  };
}

/** What B has beside attempts: customers, telephones not to call, a named campaign, an import. */
async function fillLists(caller: Caller): Promise<void> {
  const customers = Array.from({ length: 200 }, (_, at) => ({
    customer_id: String(at),
    customer_name: `Luz ${at}`,
    tel1: `5730012${String(at).padStart(7, '0')}`,
  }));
  const post = (path: string, body: unknown) =>
    expectDone(caller, { path, method: 'POST', body: JSON.stringify(body) });
  await post('/api/v2/campaign.php?api=add_record&campaign_id=1001', customers);
  await post('/api/v2/campaign.php?api=add_dnc', [{ telephone: '57300120000001', days_block: 30 }]);
  const campaign = JSON.stringify({ name: 'Cobranza', type: 'predictive' });
  await expectDone(caller, { path: '/v1/campaigns/1001', method: 'PUT', body: campaign });
  const line = 'telephone,dialed_at,result\n57300120000003,2025-10-03 10:00:00,BUSY\nno telephone at all\n';
  const map = 'telephone%3Dtelephone,dialed_at%3Ddialed_at,result%3Dresult';
  await expectDone(caller, {
    path: `/v1/imports?format=csv&campaign_id=1001&time_zone=America/Bogota&map=${map}`,
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: line,
  });
}

import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TIME_ZONE } from '@recuento/contract';
import { loadConfig, type Service, startService } from '@recuento/server';
import { ATTEMPT_TABLES } from '../fixture-store.js';

/** A month of dials of so many telephones, each dialed about as often. */
export interface DialedStore {
  readonly attempts: number;
  readonly telephones: number;
}

/** October 2025 in Bogota, as the other fixtures. */
export const FROM_S = Date.UTC(2025, 9, 1, 5) / 1_000;
export const DAYS = 31;
const SERVER = '0042';
const CAMPAIGNS = 40;
/** Rows that the engine makes up in one statement: some hundred MB. */
const SLICE = 500_000;
/** To be raised when the rows or the schema change. */
const VERSION = 1;

/** Starts a service over the store in this process, filled by the engine itself and merged. The data stay for the next run. */
export async function startOverDialed(
  store: DialedStore,
  say: (line: string) => void,
): Promise<{ readonly service: Service; readonly operation_id: number; readonly token: string }> {
  const { attempts, telephones } = store;
  const data = join(tmpdir(), 'recuento-bench', `dialed-v${VERSION}-${attempts}-${telephones}`);
  const ready = join(data, 'ready');
  if (!existsSync(ready)) await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  const service = await startService(
    loadConfig({ data, port: 0, log_level: 'silent', kept_reply_mib: 0 }, {}),
  );
  const { operations, tokens } = service.services.accounts;
  if (!existsSync(ready)) {
    say(`filling with ${attempts} attempts; the next run finds them`);
    await operations.create({
      server: SERVER,
      name: 'Bench',
      licences: 10,
      time_zone: DEFAULT_TIME_ZONE,
      reply_profile: { code: 'number', empty_status: 404 },
      limits: {},
    });
    await fill(service, (await operations.byServer(SERVER)).id, store);
    await writeFile(ready, '');
  }
  const { id: operation_id } = await operations.byServer(SERVER);
  const { secret } = await tokens.create(operation_id, {
    name: 'bench',
    scopes: ['report'],
    expires_at_ms: null,
  });
  return { service, operation_id, token: secret };
}

async function fill({ services: { engine } }: Service, operation_id: number, store: DialedStore) {
  const { attempts, telephones } = store;
  const random = (salt: number, below: number) => `cityHash64(n, ${salt}) % ${below}`;
  for (let from = 0; from < attempts; from += SLICE) {
    await engine.command(`INSERT INTO told (operation_id, campaign_id, telephone, dialed_at, attempt_id, import, result, trunk, amd,
        evidence, delivery, rank, duration_seconds)
      SELECT ${operation_id}, ${1_001} + n % ${CAMPAIGNS}, toString(573000000000 + ${random(1, telephones)}),
        toDateTime(${FROM_S} + intDiv(n * ${DAYS * 86_400}, ${attempts}), 'UTC'), toString(n), 0,
        transform(${random(2, 10)}, [3, 4, 5, 6, 7, 8, 9], ['answer_machine', 'answer_machine', 'failed', 'failed', 'busy', 'answer',
          'congestion'], 'no_answer') AS code,
        concat('trunk-', toString(${random(3, 6)})), '', if(code = 'failed' AND ${random(4, 2)} = 0, 'number_invalid', ''), 1, 0,
        if(code = 'answer', 60, NULL)
      FROM (SELECT number + ${from} AS n FROM numbers(${Math.min(SLICE, attempts - from)}))`);
  }
  for (const table of ATTEMPT_TABLES) await engine.command(`OPTIMIZE TABLE ${table} FINAL`);
}

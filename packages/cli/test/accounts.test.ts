import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_TOKEN } from '../../server/test/harness.js';
import { SpawnedService } from '../../server/test/spawned-service.js';

const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'recuento-accounts-'));
let service: SpawnedService;

beforeAll(async () => {
  service = await SpawnedService.start(directory);
});
afterAll(async () => {
  await service.kill();
  rmSync(directory, { recursive: true, force: true });
});

async function recuento(token: string, ...args: string[]): Promise<{ code: number; out: string }> {
  const env = { ...process.env, RECUENTO_URL: service.url, RECUENTO_TOKEN: token };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [LAUNCHER, ...args], { env });
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, out: stderr };
  }
}

test('an operation, a token and a campaign, from the command line', async () => {
  const made = await recuento(
    ADMIN_TOKEN,
    'operation',
    'create',
    '0042',
    '--name',
    'Cobranza',
    '--licences',
    '3',
  );
  expect(made).toEqual({
    code: 0,
    out: 'server  name      licences  time_zone\n0042    Cobranza  3         America/Bogota\n',
  });
  expect((await recuento(ADMIN_TOKEN, 'operation', 'list', '--json')).out).toContain('"server":"0042"');
  const token = JSON.parse(
    (
      await recuento(
        ADMIN_TOKEN,
        'token',
        'create',
        '--operation',
        '0042',
        '--name',
        'all',
        '--scopes',
        'report,ingest,admin',
        '--json',
      )
    ).out,
  );
  expect(token.token).toMatch(/^rct_/);
  const campaign = await recuento(
    token.token,
    'campaign',
    'create',
    '7',
    '--name',
    'Norte',
    '--type',
    'predictive',
  );
  expect(campaign.out).toBe('campaign_id  name   type\n7            Norte  predictive\n');
  expect((await recuento(token.token, 'campaign', 'list')).out).toBe(campaign.out);
  const list = await recuento(token.token, 'token', 'list');
  expect(list.out).toContain(token.id);
  expect(list.out).not.toContain(token.token);
  expect(await recuento(ADMIN_TOKEN, 'token', 'revoke', token.id)).toEqual({
    code: 0,
    out: `Token ${token.id} is revoked.\n`,
  });
  expect((await recuento(token.token, 'campaign', 'list')).code).toBe(1);
});

test('what is wrong is said in one line, without a stack', async () => {
  const twice = await recuento(ADMIN_TOKEN, 'operation', 'create', '!', '--name', 'x');
  expect(twice.code).toBe(1);
  expect(twice.out).toContain('server: is not 1 to 32 letters or digits');
  expect(twice.out).not.toContain('    at ');
  expect((await recuento('', 'token', 'list')).out).toContain('RECUENTO_TOKEN is not set');
  expect((await recuento(ADMIN_TOKEN, 'token', 'create')).code).toBe(2);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.js';

test('defaults serve on loopback', () => {
  expect(loadConfig({}, {})).toMatchObject({
    host: '127.0.0.1',
    port: 8_080,
    data: './data',
    log_level: 'info',
  });
});

const scratch = mkdtempSync(join(tmpdir(), 'recuento-config-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('flags come before environment, environment before the file', () => {
  const file = join(scratch, 'c.json');
  writeFileSync(file, JSON.stringify({ port: 1, host: 'a', data: 'from-file' }));
  const env = { RECUENTO_CONFIG: file, RECUENTO_PORT: '2', RECUENTO_HOST: 'b' };
  expect(loadConfig({ port: 3 }, env)).toMatchObject({ port: 3, host: 'b', data: 'from-file' });
});

const CLICKHOUSE = 'http://recuento:SECRET@clickhouse:8123/recuento';
const POSTGRES = 'postgres://recuento:SECRET@postgres:5432/recuento?sslmode=require';

test('each of the two servers has an address', () => {
  const servers = { RECUENTO_CLICKHOUSE_URL: CLICKHOUSE, RECUENTO_DATABASE_URL: POSTGRES };
  expect(loadConfig({}, servers)).toMatchObject({ clickhouse_url: CLICKHOUSE, database_url: POSTGRES });
});

test.each([
  [{ RECUENTO_PORT: '65536' }, 'RECUENTO_PORT'],
  [{ RECUENTO_PORT: 'http' }, 'RECUENTO_PORT'],
  [{ RECUENTO_ADMIN_TOKEN: 'x'.repeat(31) }, 'RECUENTO_ADMIN_TOKEN'],
  [{ RECUENTO_LOG_LEVEL: 'loud' }, 'RECUENTO_LOG_LEVEL'],
  [{ RECUENTO_READ_SESSIONS: '0' }, 'RECUENTO_READ_SESSIONS'],
  [{ RECUENTO_WAITING_REPORTS: '0' }, 'RECUENTO_WAITING_REPORTS'],
  [{ RECUENTO_REPORT_MEMORY_MIB: '255' }, 'RECUENTO_REPORT_MEMORY_MIB'],
  [{ RECUENTO_REPLY_MEMORY_MIB: '7' }, 'RECUENTO_REPLY_MEMORY_MIB'],
  [{ RECUENTO_KEPT_REPLY_MIB: '-1' }, 'RECUENTO_KEPT_REPLY_MIB'],
  [{ RECUENTO_UPLOAD_MEMORY_MIB: '127' }, 'RECUENTO_UPLOAD_MEMORY_MIB'],
  [{ RECUENTO_IMPORTS: '0' }, 'RECUENTO_IMPORTS'],
  [{ RECUENTO_IMPORT_SILENCE_S: '4' }, 'RECUENTO_IMPORT_SILENCE_S'],
  [{ RECUENTO_MAX_CONNECTIONS: '15' }, 'RECUENTO_MAX_CONNECTIONS'],
  [{ RECUENTO_KEEP_USAGE_DAYS: '1' }, 'RECUENTO_KEEP_USAGE_DAYS'],
  [{ RECUENTO_KEEP_USAGE_DAYS: '3651' }, 'RECUENTO_KEEP_USAGE_DAYS'],
  [{ RECUENTO_KEEP_IMPORTS_DAYS: '0' }, 'RECUENTO_KEEP_IMPORTS_DAYS'],
  [{ RECUENTO_KEEP_IMPORTS_DAYS: '3651' }, 'RECUENTO_KEEP_IMPORTS_DAYS'],
  [{ RECUENTO_PUBLIC_URL: 'recuento.example.com' }, 'RECUENTO_PUBLIC_URL'],
  [{ RECUENTO_PUBLIC_URL: 'https://example.com/recuento' }, 'RECUENTO_PUBLIC_URL'],
  [{ RECUENTO_PUBLIC_URL: 'https://example.com/?a=b' }, 'RECUENTO_PUBLIC_URL'],
  [{ RECUENTO_PUBLIC_URL: 'https://user@example.com' }, 'RECUENTO_PUBLIC_URL'],
  [{ RECUENTO_CLICKHOUSE_URL: CLICKHOUSE }, 'set both, or neither'],
  [{ RECUENTO_DATABASE_URL: POSTGRES }, 'set both, or neither'],
  [
    { RECUENTO_CLICKHOUSE_URL: 'clickhouse:8123', RECUENTO_DATABASE_URL: POSTGRES },
    'RECUENTO_CLICKHOUSE_URL',
  ],
  [{ RECUENTO_CLICKHOUSE_URL: POSTGRES, RECUENTO_DATABASE_URL: POSTGRES }, 'RECUENTO_CLICKHOUSE_URL'],
  [{ RECUENTO_CLICKHOUSE_URL: 'http://c:8123', RECUENTO_DATABASE_URL: POSTGRES }, 'names no database'],
  [
    { RECUENTO_CLICKHOUSE_URL: `${CLICKHOUSE},${CLICKHOUSE}`, RECUENTO_DATABASE_URL: POSTGRES },
    'more than one',
  ],
  [{ RECUENTO_CLICKHOUSE_URL: CLICKHOUSE, RECUENTO_DATABASE_URL: 'mysql://d/r' }, 'RECUENTO_DATABASE_URL'],
  [{ RECUENTO_CONFIG: '/nowhere.json' }, '/nowhere.json'],
])('%j stops the start with a message that names it', (env, name) => {
  expect(() => loadConfig({}, env)).toThrow(ConfigError);
  expect(() => loadConfig({}, env)).toThrow(name);
  expect(() => loadConfig({}, env)).not.toThrow('SECRET');
});

test.each(['https://recuento.example.com', 'https://recuento.example.com//', 'http://10.0.0.7:8443/'])(
  'the service may be called %s from outside',
  (public_url) => expect(loadConfig({ public_url }, {}).public_url).toBe(public_url),
);

test('usage and imports can be kept for the fewest and the most days that the settings allow', () => {
  const kept = (usage?: string, imports?: string) => {
    const env = { RECUENTO_KEEP_USAGE_DAYS: usage, RECUENTO_KEEP_IMPORTS_DAYS: imports };
    const { keep_usage_days, keep_imports_days } = loadConfig({}, env);
    return [keep_usage_days, keep_imports_days];
  };
  expect([kept(), kept('2', '1'), kept('3650', '3650')]).toEqual([
    [400, 90],
    [2, 1],
    [3_650, 3_650],
  ]);
});

test('receivers of webhooks that may be reached are named, and a wrong one is told', () => {
  const may_reach = (text?: string) =>
    loadConfig({}, { RECUENTO_WEBHOOKS_MAY_REACH: text }).webhooks_may_reach;
  expect(may_reach()).toEqual({ networks: [], hosts: new Set() });
  expect([...may_reach('10.0.0.0/8, dialer').hosts]).toEqual(['dialer']);
  expect(() => may_reach('10.0.0.0/8,10.1')).toThrow(
    'webhooks_may_reach (RECUENTO_WEBHOOKS_MAY_REACH): 10.1 is no network, address or host name',
  );
});

test('32 characters of administrator token pass', () => {
  expect(loadConfig({}, { RECUENTO_ADMIN_TOKEN: 'x'.repeat(32) }).admin_token).toHaveLength(32);
});

function trunksFile(trunks: unknown): NodeJS.ProcessEnv {
  const file = join(scratch, 'c.json');
  writeFileSync(file, JSON.stringify({ trunks }));
  return { RECUENTO_CONFIG: file };
}

test('trunks are declared in the file', () => {
  const declared = { 'carrier-a': { strip_prefix: ['9', '00'], outcomes: { 'sip:486': 'congestion' } } };
  expect(loadConfig({}, trunksFile(declared)).trunks).toEqual(declared);
  expect(loadConfig({}, trunksFile({ b: {} })).trunks).toEqual({ b: { strip_prefix: [], outcomes: {} } });
  expect(loadConfig({}, {}).trunks).toEqual({});
});

test.each([
  [{ a: { outcomes: { 'sip:abc': 'busy' } } }, 'trunks.a.outcomes.sip:abc: is none of sip:NUMBER'],
  [{ a: { outcomes: { 'sip:486': 'engaged' } } }, 'trunks.a.outcomes.sip:486'],
  [{ a: { strip_prefix: [9] } }, 'trunks.a.strip_prefix.0'],
  [{ a: { strip: ['9'] } }, 'trunks.a.strip'],
  [['a'], 'trunks'],
])('trunks %j stop the start with a message that names the place', (trunks, place) => {
  expect(() => loadConfig({}, trunksFile(trunks))).toThrow(place);
});

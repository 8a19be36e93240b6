import { expect, test } from 'vitest';
import { READER } from '../../../../test/servers/clickhouse.js';
import { describeServer } from '../../../../test/servers/engines.js';
import { ask } from '../../../../test/servers/told-rows.js';
import { EngineUnreachable } from '../engine.js';
import { ServerEngine, type ServerOptions } from '../server.js';
import { isNewEnough } from './database.js';

const POOL = { read_sessions: 2, write_sessions: 1, waiting_reads: 10, read_memory_bytes: 1024 ** 3 };

async function refusal(url: string): Promise<EngineUnreachable> {
  const options: ServerOptions = { ...POOL, url };
  const opened = await ServerEngine.open(options).catch((error: unknown) => error);
  if (opened instanceof EngineUnreachable) return opened;
  throw new Error('it was opened, or failed in another way', { cause: opened });
}

test.each([
  ['no address', /is none: http:\/\/user:password@host:8123\/database is one\.$/],
  ['postgres://user:secret@127.0.0.1/recuento', /neither http:\/\/ nor https:\/\/\.$/],
  ['http://user:secret@127.0.0.1:8123', /ends with no database: write \/recuento behind it, say\.$/],
  ['http://user:secret@127.0.0.1:8123/a/b', /other characters than letters/],
  ['http://user:secret@127.0.0.1:8123/a?b=c', /has a question mark\.$/],
  [
    'http://user:secret%zz@127.0.0.1:8123/a',
    /has a % in its user or password that begins no escape: write %25 for it\.$/,
  ],
  ['http://user:secret@127.0.0.1:1/recuento', /at http:\/\/127\.0\.0\.1:1 does not answer: .*ECONNREFUSED/],
  ['http://user:secret@nowhere.invalid:1/recuento', /does not answer: .*nowhere\.invalid/],
])('%s is refused in a sentence without the password', async (url, sentence) => {
  const { message } = await refusal(url);
  expect(message).toMatch(sentence);
  expect(message).not.toContain('secret');
});

test.each([
  ['25.10.9.1', false],
  ['24.12.1.1', false],
  ['25.11.1.1', true],
  ['25.12.1', true],
  ['26.1.2.3', true],
  ['of nothing', false],
])('version %s will do: %s', (version, is_new_enough) => {
  expect(isNewEnough(version)).toBe(is_new_enough);
});

describeServer(({ server }) => {
  const withUser = (user: string, password: string, database: string = READER.database) => {
    const url = new URL(`${server().administrator_url}/${database}`);
    url.username = user;
    url.password = password;
    return url.href;
  };

  test('a wrong password, and a user that does not exist, are reported in a sentence', async () => {
    for (const [user, password] of [
      ['recuento', 'secret'],
      ['recuento', ''],
      ['nobody', 'secret'],
    ] as const) {
      const { message } = await refusal(withUser(user, password));
      expect(message).toBe(
        `The ClickHouse server at http://127.0.0.1:${server().http_port} does not know the user ${user}, or not by this password.`,
      );
    }
  });

  test('the database is made if it is missing, and used by a user who may not make it', async () => {
    const url = `${server().administrator_url}/${READER.database}`;
    const first = await ServerEngine.open({ ...POOL, url });
    await first.command('CREATE TABLE kept (n UInt8) ENGINE = MergeTree ORDER BY n');
    await first.close();
    const { user, password } = READER;
    const reader = await ServerEngine.open({ ...POOL, url: withUser(user, password) });
    expect(await ask(reader, 'SELECT count() FROM kept')).toBe('0');
    await reader.close();
    const { message } = await refusal(withUser(user, password, 'other'));
    expect(message).toMatch(/does not let reader make the database other\.$/);
  });
});

import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testWith, toolPath } from '../../server/test/tools.js';
import { DIALER_ZONE, dialerWall, quoted } from './dialer-calls.js';
import { DialerFeed, type Ended, EXAMPLES } from './dialer-feed.js';

const run = promisify(execFile);
const HOUR_S = 3_600;
const WINDOW = ['20241001000000', '20241030235959'] as const;
/** 2024-10-15 12:00 in New York. */
const NOON_S = Date.UTC(2024, 9, 15, 16) / 1_000;
const { toolTest, note } = testWith('mariadbd', 'curl');

let feed: DialerFeed;
let campaign = 100;
beforeAll(async () => {
  if (toolPath('mariadbd') !== undefined) feed = await DialerFeed.start();
});
afterAll(async () => feed?.stop());
beforeEach(async () => {
  await feed?.database.sql('TRUNCATE vicidial_log; TRUNCATE vicidial_carrier_log', 'asterisk');
});

/** Settings of a campaign of its own; those of Vicidial take its rows of that campaign alone. */
async function campaignOf(more: Record<string, string> = {}): Promise<{
  readonly settings: string;
  readonly state: string;
  readonly ids: () => Promise<string[]>;
  readonly dial: (uniqueid: string, at_s: number, status?: string, user?: string) => Promise<string>;
  readonly reached: () => Promise<string>;
}> {
  campaign += 1;
  const number = campaign;
  const name = `c${number}`;
  const settings = await feed.settings('vicidial', name, {
    CAMPAIGN: String(number),
    TIME_ZONE: DIALER_ZONE,
    SINCE: '2024-10-13',
    ONLY: `c.campaign_id = "${name}"`,
    ...more,
  });
  const state = join(feed.directory, 'state', name);
  return {
    settings,
    state,
    ids: async () =>
      (await feed.attempts(number, ...WINDOW)).map((line) => line.split(' ').at(-1) ?? '').sort(),
    dial: (uniqueid, at_s, status = 'NA', user = 'VDAD') => {
      const values = [`${name}.${uniqueid}`, name, dialerWall(at_s), at_s, status, user].map(quoted).join();
      return feed.database.sql(
        `INSERT INTO vicidial_log (uniqueid, campaign_id, call_date, start_epoch, status, user, lead_id, phone_code,
          phone_number) VALUES (${values}, 1, '57', '3001234567')`,
        'asterisk',
      );
    },
    reached: async () => (await readFile(join(state, 'reached'), 'utf8')).trim(),
  };
}

/** A program of that name that stands before the real one. */
async function before(program: string, lines: string): Promise<NodeJS.ProcessEnv> {
  const directory = join(feed.directory, `before-${program}-${campaign}`);
  await mkdir(directory);
  await writeFile(join(directory, program), `#!/bin/sh\n${lines}\n`);
  await chmod(join(directory, program), 0o755);
  return { PATH: `${directory}:${process.env.PATH}` };
}

toolTest(
  `what was stored day by day stays so when the service goes away, and the next run goes on${note}`,
  async () => {
    const { settings, dial, ids, reached } = await campaignOf();
    for (const day of [-1, 0, 1]) await dial(String(day), NOON_S + day * 24 * HOUR_S);
    // The second import never comes to be.
    const count = join(feed.directory, `count-${campaign}`);
    const env = await before(
      'curl',
      `echo >> ${count}; [ $(wc -l < ${count}) -ne 2 ] || exit 7; PATH=/usr/bin:/bin exec curl "$@"`,
    );
    const first = await feed.run([settings], env);
    expect(first.code, first.output).toBe(1);
    expect(first.output).toContain('sends the rows of 2024-10-15 again');
    expect(await reached()).toBe('2024-10-14 23:59:59');
    expect(await ids()).toHaveLength(1);
    expect(await feed.run([settings])).toMatchObject({ code: 0 });
    expect(await ids()).toHaveLength(3);
    expect(await reached()).toBe('2024-10-16 12:00:00');
  },
);

toolTest(`an acknowledgement that is lost doubles nothing; no secret is in a command${note}`, async () => {
  const { settings, dial, ids, state } = await campaignOf();
  await dial('1', NOON_S);
  const words = join(feed.directory, `words-${campaign}`);
  const env = await before('curl', `echo "$@" >> ${words}; PATH=/usr/bin:/bin curl "$@" && exit 56`);
  expect(await feed.run([settings], env)).toMatchObject({ code: 1 });
  expect(await ids()).toHaveLength(1);
  const client = await before('mariadb', `echo "$@" >> ${words}; PATH=/usr/bin:/bin exec mariadb "$@"`);
  const again = await feed.run([settings], client);
  expect(again.code, again.output).toBe(0);
  expect(again.output).toContain('1 rows new or changed');
  expect(await ids()).toHaveLength(1);
  const said = await readFile(words, 'utf8');
  expect(said).toContain('--defaults-extra-file');
  expect(said).not.toContain(feed.operation.token);
  expect(said).not.toContain('CHANGE-ME');
  // What is kept has telephones.
  expect((await run('find', [state, '-perm', '/077'])).stdout).toBe('');
});

toolTest(
  `a row later than the overlap comes with --again, as the page says, and not before${note}`,
  async () => {
    const { settings, dial, ids } = await campaignOf();
    await dial('1', NOON_S);
    expect(await feed.run([settings])).toMatchObject({ code: 0 });
    await dial('within', NOON_S - 4 * HOUR_S);
    await dial('beyond', NOON_S - 37 * HOUR_S);
    expect(await feed.run([settings])).toMatchObject({ code: 0 });
    expect(await ids()).toEqual([`c${campaign}.1`, `c${campaign}.within`]);
    expect(await feed.run([settings, '--again', '1'])).toMatchObject({ code: 0 });
    expect(await ids()).toEqual([`c${campaign}.1`, `c${campaign}.within`]);
    expect(await feed.run([settings, '--again', '2'])).toMatchObject({ code: 0 });
    expect(await ids()).toEqual([`c${campaign}.1`, `c${campaign}.beyond`, `c${campaign}.within`]);
  },
);

toolTest(`a rejected row is said once, and holds up nobody${note}`, async () => {
  const { settings, dial, ids } = await campaignOf();
  await dial('odd', NOON_S, 'ODDITY');
  await dial('good', NOON_S);
  const first = await feed.run([settings]);
  expect(first.code, first.output).toBe(3);
  expect(first.output).toMatch(/GET http\S+\/v1\/imports\/\w+\/rejects/);
  expect(first.output).toContain('1 rows were rejected');
  expect(await ids()).toEqual([`c${campaign}.good`]);
  expect(await feed.run([settings])).toMatchObject({ code: 0 });
});

toolTest(
  `a row that a wrong clock dated into the future moves nothing past what is there${note}`,
  async () => {
    const { settings, dial, ids, reached } = await campaignOf();
    await dial('1', NOON_S);
    await dial('future', Date.UTC(2099, 0, 1) / 1_000);
    expect(await feed.run([settings])).toMatchObject({ code: 0 });
    expect(await reached()).toBe('2024-10-15 12:00:00');
    await dial('2', NOON_S + 24 * HOUR_S);
    expect(await feed.run([settings])).toMatchObject({ code: 0 });
    expect(await ids()).toEqual([`c${campaign}.1`, `c${campaign}.2`]);
  },
);

toolTest(`a row that was deleted still counts, and that is said once${note}`, async () => {
  const { settings, dial, ids } = await campaignOf();
  await dial('1', NOON_S);
  await dial('2', NOON_S);
  expect(await feed.run([settings])).toMatchObject({ code: 0 });
  await feed.database.sql(`DELETE FROM vicidial_log WHERE uniqueid = 'c${campaign}.1'`, 'asterisk');
  expect((await feed.run([settings])).output).toContain(
    '1 calls that were sent are no longer in vicidial_log',
  );
  expect((await feed.run([settings])).output).not.toContain('no longer');
  expect(await ids()).toHaveLength(2);
});

toolTest(
  `of cdr it says what is skipped as inbound or internal, and takes it where all was${note}`,
  async () => {
    campaign += 2;
    const row = `'2024-10-15 12:00:00', '3001234567', '6015550100', 'from-trunk', 'SIP/carrier-1', '', 'Hangup', 'ANSWERED'`;
    await feed.database.sql(
      `INSERT INTO cdr (calldate, src, dst, dcontext, channel, dstchannel, lastapp, disposition, uniqueid)
      VALUES (${row}, 'in.${campaign}')`,
      'asteriskcdrdb',
    );
    const settings = (number: number, more: Record<string, string>) =>
      feed.settings('asterisk', `cdr${number}`, {
        ...{ CAMPAIGN: String(number), TIME_ZONE: DIALER_ZONE, SINCE: '2024-10-13' },
        ...{ ONLY: `c.uniqueid = "in.${campaign}"`, ...more },
      });
    const seen = await feed.run([await settings(campaign - 1, {})]);
    expect(seen.output).toContain('0 stored, 0 unchanged, 1 inbound or internal, 0 rejected');
    const all = await feed.run([await settings(campaign, { ALL_DIALED: 'yes' })]);
    expect(all.output).toContain('1 stored, 0 unchanged, 0 inbound or internal, 0 rejected');
    expect(await feed.attempts(campaign, ...WINDOW)).toHaveLength(1);
  },
);

toolTest(`a run beside another leaves it to that one${note}`, async () => {
  const { settings, dial, state } = await campaignOf();
  await dial('1', NOON_S);
  expect(await feed.run([settings])).toMatchObject({ code: 0 });
  const script = join(EXAMPLES, 'recuento-from-dialer');
  const held = await run('flock', [join(state, 'lock'), script, settings]);
  expect(held.stdout).toBe('another run is under way\n');
});

toolTest(`what needs a person ends with 2 and says what${note}`, async () => {
  const { settings, dial, state } = await campaignOf();
  await dial('1', NOON_S);
  const says = async (message: string, ended: Promise<Ended>) => {
    const { code, output } = await ended;
    expect(output).toContain(message);
    expect(code).toBe(2);
  };
  await says('usage', feed.run([]));
  await says('cannot be read', feed.run([join(feed.directory, 'none.conf')]));
  await says('takes a number of days', feed.run([settings, '--again', 'seven']));
  await writeFile(join(feed.directory, 'revoked'), 'revoked');
  const revoked = {
    STATE: join(feed.directory, 'revoked-state'),
    TOKEN_FILE: join(feed.directory, 'revoked'),
  };
  const refused = await feed.settings('vicidial', 'refused', { ...revoked, SINCE: '2024-10-13', ONLY: '' });
  await says('did not take the rows of 2024-10-15 (403)', feed.run([refused]));
  expect(await feed.run([settings])).toMatchObject({ code: 0 });
  const other = await feed.settings('vicidial', `other-${campaign}`, { STATE: state, CAMPAIGN: '1' });
  await says('belongs to other settings', feed.run([other]));
  await writeFile(join(state, 'reached'), '2024-10');
  await says('holds no time', feed.run([settings]));
  await feed.database.sql('CREATE DATABASE bare; GRANT SELECT ON bare.* TO recuento@127.0.0.1;');
  const bare = (more: Record<string, string>) =>
    feed.settings('asterisk', 'bare', { DATABASE: 'bare', ...more });
  await says('has no table cdr', feed.run([await bare({})]));
  await feed.database.sql(
    'CREATE TABLE cdr (calldate DATETIME, dst INT, disposition INT, uniqueid INT)',
    'bare',
  );
  await says('ADD INDEX (calldate)', feed.run([await bare({})]));
  const walked = await feed.run([await bare({ WITHOUT_INDEX: 'yes' })]);
  expect(walked).toEqual({ code: 0, output: 'cdr has no rows up to now\n' });
});

toolTest(
  `every read is of an hour of calls, by the index on their time, and the user can write nothing${note}`,
  async () => {
    const { settings, dial } = await campaignOf({ SINCE: '2024-10-14' });
    await feed.database.sql(
      `INSERT INTO vicidial_log (uniqueid, lead_id, call_date) SELECT CONCAT('seq.', seq), seq,
      '2024-10-13' + INTERVAL seq MINUTE FROM seq_1_to_5000;
    INSERT INTO vicidial_carrier_log (uniqueid, server_ip) SELECT CONCAT('seq.', seq), '' FROM seq_1_to_5000;`,
      'asterisk',
    );
    await dial('1', NOON_S);
    await feed.database.sql("SET GLOBAL log_output = 'TABLE', general_log = ON");
    expect(await feed.run([settings])).toMatchObject({ code: 0 });
    await feed.database.sql('SET GLOBAL general_log = OFF');
    const log = await feed.database.sql(
      "SELECT argument FROM mysql.general_log WHERE command_type = 'Query' AND user_host LIKE 'recuento%'",
    );
    const reads = log.split('\n').filter((statement) => statement.startsWith('SELECT SQL_BUFFER_RESULT'));
    expect(reads.length).toBeGreaterThanOrEqual(48);
    expect(reads.every((read) => / \+ INTERVAL 1 HOUR AND /.test(read))).toBe(true);
    const noon = reads.find((read) => read.includes(">= '2024-10-15 12:00:00'")) ?? '';
    const plan = await feed.database.sql(`EXPLAIN ${noon}`, 'asterisk');
    expect(plan.split('\n')[0]).toMatch(/\tc\trange\tcall_date\tcall_date\t/);
    expect(plan.split('\n')[1]).toMatch(/\tk\teq_ref\tPRIMARY\t/);
    const client = [
      `--defaults-extra-file=${join(feed.directory, 'dialer.my.cnf')}`,
      'asterisk',
      '--execute',
    ];
    await expect(run('mariadb', [...client, 'DELETE FROM vicidial_log'])).rejects.toThrow('denied');
    await expect(run('mariadb', [...client, 'SELECT 1 FROM mysql.user'])).rejects.toThrow('denied');
  },
);

const shell = testWith('shellcheck');
shell.toolTest(`the script passes shellcheck${shell.note}`, async () => {
  await run('shellcheck', [join(EXAMPLES, 'recuento-from-dialer')]);
});

test('timers and cron run the script as it is called', async () => {
  const lines = async (file: string) => (await readFile(join(EXAMPLES, file), 'utf8')).split('\n');
  const called =
    /\/usr\/local\/bin\/recuento-from-dialer \/etc\/recuento\/(?:%i|vicidial)\.conf( --again 7)?( >\/dev\/null)?$/;
  const services = ['recuento-from-dialer@.service', 'recuento-from-dialer-again@.service'];
  for (const service of services) {
    expect((await lines(service)).filter((line) => line.startsWith('ExecStart='))[0]).toMatch(called);
  }
  const cron = (await lines('recuento-from-dialer.cron')).filter(
    (line) => line !== '' && !line.startsWith('#'),
  );
  expect(cron).toHaveLength(2);
  for (const line of cron) expect(line).toMatch(called);
});

import { MACHINE_CODES, RESULT_SPELLINGS } from '@recuento/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaign3 } from '../src/reports/campaign-3.js';
import { campaign7 } from '../src/reports/campaign-7.js';
import { writeCursor } from '../src/reports/cursor.js';
import { attempt, type SentAttempt, type TestOperation, TestService } from './harness.js';

/** The reports with a row for each attempt: `campaign_3` and `campaign_7`. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const DAY = { date_ini: '20261103000000', date_end: '20261103235959' };

const ask = async (operation: TestOperation, api: string, more: Record<string, string> = {}) =>
  (await operation.get({ api, campaign_id: 'all', ...DAY, ...more })).json;

/** Every page from the first to the last. */
async function walk(operation: TestOperation, api: string): Promise<Record<string, string>[][]> {
  const pages: Record<string, string>[][] = [];
  for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
    const page = await ask(operation, api, { cursor });
    pages.push(page.data);
    cursor = page.next_cursor;
  }
  return pages;
}

describe('campaign_3', () => {
  test('has a row for each attempt with what was told of the customer, in the documented columns', async () => {
    const operation = await service.operation();
    await operation.upload([
      {
        ...attempt(),
        attempt_id: 'c-1',
        telephone: '573001234567',
        dialed_at: '2026-11-03T14:15:16Z',
        result: 'no_answer',
        customer_id: '42',
        customer_name: 'Luz "Lucha"',
        customer_last_name: 'Gómez',
        id_type: 'CC',
        opt1: 'uno',
        opt12: 'doce\\',
      },
    ]);
    const { data, msg } = await ask(operation, 'campaign_3');
    expect(msg).toBe('1 records were found');
    const [row] = data;
    expect(Object.keys(row ?? {})).toEqual(campaign3.description.columns.map(({ name }) => name));
    const options = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`opt${at + 1}`, '']));
    expect(row).toEqual({
      campaign_id: '1001',
      customer_name: 'Luz "Lucha"',
      customer_last_name: 'Gómez',
      id_type: 'CC',
      customer_id: '42',
      date: '2026-11-03 09:15:16',
      telephone: '573001234567',
      result: 'NO-ANSWER',
      ...options,
      opt1: 'uno',
      opt12: 'doce\\',
      conn_id: 'c-1',
    });
  });

  test('an attempt is there once, as its last delivery told it, and the window is the attempt’s time', async () => {
    const operation = await service.operation();
    const one = { ...attempt(), dialed_at: '2026-11-04T04:59:59Z' }; // 23:59:59 in Bogota
    await operation.upload([one, { ...one, attempt_id: 'later', dialed_at: '2026-11-04T05:00:00Z' }]);
    await operation.upload([{ ...one, result: 'busy' }]);
    const { data } = await ask(operation, 'campaign_3');
    expect(data.map(({ date, result }) => [date, result])).toEqual([['2026-11-03 23:59:59', 'BUSY']]);
  });

  test('every machine code is spelled as the vendor spells it, and imports read it back', async () => {
    const operation = await service.operation();
    await operation.upload(
      MACHINE_CODES.map((result, at) => ({ ...attempt(), attempt_id: String(at), result })),
    );
    const { data } = await ask(operation, 'campaign_3');
    const spelled = Object.values(RESULT_SPELLINGS).map((text) => text.toUpperCase());
    expect(data.map(({ result }) => result).sort()).toEqual(spelled.sort());
  });

  test('its reply is a file that can be imported: the same attempts again', async () => {
    const operation = await service.operation();
    await operation.upload(
      ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'].map((result, at) => ({
        ...attempt(),
        attempt_id: `c-${at}`,
        telephone: `57300${at}`,
        result,
      })),
    );
    const reply = await operation.get({ api: 'campaign_3', campaign_id: 'all', ...DAY });
    const other = await service.operation();
    const { url } = service.service;
    const imported = await fetch(
      `${url}/v1/imports?format=vendor-campaign-3&campaign_id=1001&time_zone=America/Bogota`,
      { method: 'POST', headers: { 'wolkvox-token': other.token }, body: reply.body },
    );
    expect(await imported.text()).toContain('"state":"done"');
    expect((await ask(other, 'campaign_8')).data).toEqual((await ask(operation, 'campaign_8')).data);
  });
});

describe('campaign_7', () => {
  test('has the attempts at which a machine or a person was detected', async () => {
    const operation = await service.operation();
    await operation.upload(
      ['machine', 'human', 'not_sure', 'hangup', undefined].map((amd, at) => ({
        ...attempt(),
        attempt_id: String(at),
        telephone: String(at),
        customer_id: `A${at}`,
        file_name: 'list.csv',
        ...(amd && { amd }),
      })),
    );
    const { data } = await ask(operation, 'campaign_7');
    expect(Object.keys(data[0] ?? {})).toEqual(campaign7.description.columns.map(({ name }) => name));
    expect(data.map(({ customer_id, file_name, result }) => [customer_id, file_name, result])).toEqual([
      ['A0', 'list.csv', 'machine'],
      ['A1', 'list.csv', 'human'],
    ]);
  });
});

describe('cursor', () => {
  test('pages of any size yield every attempt once, in the order of campaign, telephone and time', async () => {
    const dial = fc.record({
      campaign_id: fc.constantFrom(9, 10, 2 ** 32 - 1),
      telephone: fc.constantFrom('1', '10', '2', '"', '\\', 'ñandú', '😀'.repeat(64)),
      attempt_id: fc.constantFrom('a', 'b', 'c'),
      dialed_at: fc.constantFrom('2026-11-03T12:00:00Z', '2026-11-03T12:00:01Z', '2026-11-03T13:00:00Z'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(dial, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(1, 2, 3, 7),
        async (dials, max_rows) => {
          const operation = await service.operation({ limits: { max_rows } });
          const upload: SentAttempt[] = dials.map((some) => ({ ...attempt(), ...some, amd: 'machine' }));
          await operation.upload(upload);
          const expected = [...new Map(upload.map((sent) => [orderOf(sent), sent])).values()].sort(byOrder);
          for (const api of ['campaign_3', 'campaign_7']) {
            const rows = (await walk(operation, api)).flat();
            const keys = rows.map(({ campaign_id, telephone, date }) => [campaign_id, telephone, date]);
            expect(keys).toEqual(
              expected.map(({ campaign_id, telephone, dialed_at }) => [
                String(campaign_id),
                telephone,
                `2026-11-03 ${String(Number(dialed_at.slice(11, 13)) - 5).padStart(2, '0')}${dialed_at.slice(13, 19)}`,
              ]),
            );
          }
        },
      ),
      { numRuns: process.env.RECUENTO_FUZZ === 'full' ? 40 : 15 },
    );
  });

  test('an hour that a clock change repeats is neither skipped nor doubled', async () => {
    const operation = await service.operation({ time_zone: 'America/New_York', limits: { max_rows: 1 } });
    // 01:30:00 twice on 1 November 2026.
    const times = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'];
    await operation.upload(times.map((dialed_at) => ({ ...attempt(), attempt_id: 'same', dialed_at })));
    const seen: (string | undefined)[] = [];
    for (let cursor: string | null | undefined = ''; typeof cursor === 'string'; ) {
      const window = { date_ini: '20261101000000', date_end: '20261101235959' };
      const page = await ask(operation, 'campaign_3', { ...window, cursor });
      seen.push(...page.data.map(({ date }) => date));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(['2026-11-01 01:30:00', '2026-11-01 01:30:00']);
  });

  test.each([
    writeCursor('573001234567'),
    writeCursor('["1","2"]'),
    writeCursor('["1","x","-1","9"]'),
    writeCursor('["1","x","1","nine"]'),
    writeCursor('[1,"x",1,1]'),
    writeCursor('["4294967296","x","1","1"]'),
    writeCursor('["1","x","4294967296","1"]'),
    writeCursor('["1","x","1","18446744073709551616"]'),
  ])('one of another report is refused: %s', async (cursor) => {
    const operation = await service.operation();
    await operation.upload([attempt()]);
    const reply = await ask(operation, 'campaign_3', { cursor });
    expect(reply.code).toBe(400);
    expect(reply.msg).toContain('cursor');
  });

  test('more rows than a reply may have are refused without one, with their number', async () => {
    const operation = await service.operation({ limits: { max_rows: 2 } });
    await operation.upload([1, 2, 3].map((at) => ({ ...attempt(), attempt_id: String(at) })));
    const { code, msg } = await ask(operation, 'campaign_3');
    expect(code).toBe(413);
    expect(msg).toContain('3');
  });
});

function orderOf({ campaign_id, telephone, dialed_at, attempt_id }: SentAttempt): string {
  return JSON.stringify([campaign_id, telephone, dialed_at, attempt_id]);
}

function byOrder(a: SentAttempt, b: SentAttempt): number {
  return (
    a.campaign_id - b.campaign_id ||
    Buffer.compare(Buffer.from(a.telephone), Buffer.from(b.telephone)) ||
    a.dialed_at.localeCompare(b.dialed_at)
  );
}

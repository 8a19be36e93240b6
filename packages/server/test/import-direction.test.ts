import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NOVEMBER, type TestOperation, TestService } from './harness.js';
import { CALL_S, type CdrFields, cdrLine, dialed } from './master-csv.js';
import { SentFiles } from './sent-files.js';

/** Files of a switch that also takes calls: what is stored of them, what is left out, and what the import says of it. */

let service: TestService;
let operation: TestOperation;
let files: SentFiles;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  files = new SentFiles(service, operation);
});
afterAll(() => service.stop());

const fileOf = (lines: readonly string[]) => `${lines.join('\n')}\n`;
const imported = (lines: readonly string[], query?: Record<string, string>) =>
  files.imported(fileOf(lines), query);
const refused = (lines: readonly string[], query: Record<string, string>) =>
  files.refused(fileOf(lines), query);

/** By telephone, how often each was dialed. */
async function stored(of = files.campaign): Promise<Record<string, number>> {
  const { json } = await operation.campaign8(of, ...NOVEMBER);
  const rows = json.data as { telephone: string; total_machine_recognitions: string }[];
  return Object.fromEntries(rows.map((row) => [row.telephone, Number(row.total_machine_recognitions)]));
}

function call(nr: number, fields: Partial<CdrFields> = {}): string {
  const id = `${CALL_S + nr}.${nr}`;
  return cdrLine({ uniqueid: id, linkedid: id, ...fields });
}

const OUT = '573001110001';
/** What came in, and what never left the house. */
const QUEUE: Partial<CdrFields> = {
  ...{ src: '3009998888', dst: '600', dcontext: 'from-queue', channel: 'SIP/carrier-01' },
  ...{ dstchannel: 'SIP/101-01', lastapp: 'Queue', lastdata: '600,t' },
};
const DID: Partial<CdrFields> = {
  ...{ src: '3009996666', dst: '6015550100', dcontext: 'from-trunk', channel: 'SIP/carrier-02' },
  ...{ dstchannel: '', lastapp: 'Hangup', lastdata: '' },
};
const COLLEAGUE: Partial<CdrFields> = {
  ...{ src: '101', dst: '102', dcontext: 'from-internal', channel: 'SIP/101-03' },
  ...{ dstchannel: 'SIP/102-03', lastdata: 'SIP/102,20' },
};

test('a mixed switch: what was dialed out alone is stored, and the rest is told by reason', async () => {
  const lines = [
    ...[1, 2, 3, 4, 5].map((nr) => call(1, { ...QUEUE, dstchannel: `SIP/10${nr}-0${nr}` })),
    call(2, DID),
    call(3, COLLEAGUE),
    call(4, { ...dialed(OUT), dcontext: 'from-internal', disposition: 'BUSY' }),
  ];
  const skipped_by_reason = { inbound: 6, internal: 1 };
  expect(await imported(lines)).toMatchObject({
    ...{ read: 8, stored: 1, skipped: 7, skipped_by_reason, codes: { busy: 1 } },
    ...{ short_telephones: 0, mostly_extensions: false },
  });
  expect(await stored()).toEqual({ [OUT]: 1 });
  const all = await imported(lines, { all_dialed: 'yes' });
  expect(all).toMatchObject({ stored: 4, joined: 4, skipped_by_reason: {} });
  expect(await stored()).toEqual({ [OUT]: 1, '600': 1, '6015550100': 1, '102': 1 });
  // Taken back as any other.
  const path = `/imports/${all.id}`;
  expect((await service.v1('DELETE', path, operation.token)).status).toBe(202);
  const state = async () => (await service.v1('GET', path, operation.token)).json();
  await expect.poll(state, { timeout: 60_000 }).toMatchObject({ state: 'undone' });
  expect(await stored()).toEqual({});
});

test('conditions: rows that do not meet them are counted as filtered, also of a detected format', async () => {
  const lines = [
    call(1, { ...dialed(OUT), dcontext: 'ventas' }),
    call(2, { ...dialed('573001110002'), dcontext: 'cobranza' }),
    call(3, { ...dialed('573001110003'), dcontext: 'soporte' }),
    call(4, { ...QUEUE }),
    '"it never closes',
  ];
  const counts = { stored: 2, rejected: 1, skipped_by_reason: { filtered: 2 } };
  expect(await imported(lines, { only: 'dcontext=ventas,COBRANZA' })).toMatchObject(counts);
  expect(await imported(lines, { only: 'dcontext!=soporte,from-q*', format: 'asterisk-csv' })).toMatchObject(
    counts,
  );
  expect(await stored()).toEqual({ [OUT]: 1, '573001110002': 1 });
  expect(await imported(lines, { only: 'dcontext=nowhere' })).toMatchObject({
    ...{ stored: 0, mostly_extensions: false, skipped_by_reason: { filtered: 4 } },
  });
});

test.each<[Record<string, string>, number, RegExp]>([
  [
    { only: 'direction=out' },
    422,
    /names the column direction.*its columns are accountcode, src, dst, dcontext/,
  ],
  [{ only: 'dcontext' }, 400, /only/],
  [{ only: '' }, 400, /only/],
  [{ all_dialed: 'maybe' }, 400, /all_dialed/],
  [{ all_dialed: 'yes', format: 'twilio' }, 400, /all_dialed/],
  [{ only: 'a=b', format: 'freeswitch-json' }, 400, /only/],
])('%j is refused with a message that says what', async (query, status, words) => {
  expect(await refused([call(1)], query)).toEqual([status, expect.stringMatching(words)]);
  expect(await stored()).toEqual({});
});

test('where more than half of the telephones look like extensions the import says so', async () => {
  const short = (nr: number) => call(nr, { dst: String(200 + nr), lastapp: 'Hangup', lastdata: '' });
  const half = [short(1), short(2), call(3, dialed(OUT)), call(4, dialed('1234567'))];
  expect(await imported(half)).toMatchObject({ stored: 4, short_telephones: 2, mostly_extensions: false });
  const more = [...half, short(5)];
  const made = await imported(more);
  expect(made).toMatchObject({ stored: 5, short_telephones: 3, mostly_extensions: true });
  expect(await (await service.v1('GET', `/imports/${made.id}`, operation.token)).json()).toMatchObject({
    short_telephones: 3,
    mostly_extensions: true,
  });
  // Also of a file that brings nothing new.
  expect(await imported(more, { campaign_id: String(files.campaign) })).toMatchObject({
    unchanged: 5,
    mostly_extensions: true,
  });
});

test('mixed files: every line is accounted for, and what is stored is what a plain model says', async () => {
  const kind = fc.constantFrom('out', 'queue', 'did', 'colleague', 'soporte', 'broken', 'blank');
  await fc.assert(
    fc.asyncProperty(
      fc.array(kind, { minLength: 1, maxLength: 40 }),
      fc.boolean(),
      async (kinds, filters) => {
        const telephones: Record<string, number> = {};
        const counts = { inbound: 0, internal: 0, filtered: 0, blank_line: 0 };
        let rejected = 0;
        const lines = kinds.map((what, nr) => {
          const telephone = `5730011${String(nr).padStart(5, '0')}`;
          switch (what) {
            case 'queue':
              counts.inbound += 1;
              return call(nr, QUEUE);
            case 'did':
              counts.inbound += 1;
              return call(nr, DID);
            case 'colleague':
              counts.internal += 1;
              return call(nr, COLLEAGUE);
            case 'broken':
              rejected += 1;
              return '"broken",x';
            case 'blank':
              counts.blank_line += 1;
              return '';
            case 'soporte':
              if (filters) counts.filtered += 1;
              else telephones[telephone] = 1;
              return call(nr, { ...dialed(telephone), dcontext: 'soporte' });
            default:
              telephones[telephone] = 1;
              return call(nr, dialed(telephone));
          }
        });
        const only = filters ? { only: 'dcontext!=soporte' } : {};
        const made = await imported(lines, { format: 'asterisk-csv', ...only });
        const expected = Object.entries(counts).filter(([, count]) => count > 0);
        expect(made).toMatchObject({ read: lines.length, stored: Object.keys(telephones).length, rejected });
        expect(made.skipped_by_reason).toEqual(Object.fromEntries(expected));
        expect(await stored()).toEqual(telephones);
      },
    ),
    { numRuns: 20 },
  );
});

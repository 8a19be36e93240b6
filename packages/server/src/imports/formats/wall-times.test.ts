import { IMPORT_FORMATS, type ImportFormatName } from '@recuento/contract';
import { expect, test } from 'vitest';
import { cdrCsv } from '../../../test/freeswitch-records.js';
import { cdrLine } from '../../../test/master-csv.js';
import { parseColumnMap } from '../rows/column-map.js';
import { formatNamed } from './registry.js';

/** Every format whose times are wall time of the declared zone, at the hours that a clock skips and repeats. */

const CDR = 'calldate,dst,lastapp,disposition';
const CUSTOM = (start: string) =>
  [
    ...['""Ana"" <1000>', '1000', '573001234567', 'out', 'PJSIP/1000-1', 'PJSIP/north-2', 'Dial', ''],
    ...[start, '', start, '20', '0', 'BUSY', 'DOCUMENTATION', '', 'x', '', '7'],
  ]
    .map((text) => `"${text}"`)
    .join(',');

/** Of each format a header, where it has one, and a row with that start. */
const ROWS: Readonly<Partial<Record<ImportFormatName, (start: string) => readonly string[]>>> = {
  'asterisk-csv': (start) => [cdrLine({ start }, 16)],
  'asterisk-custom': (start) => [CUSTOM(start)],
  'asterisk-sql': (start) => [CDR, `${start},573001234567,Dial,BUSY`],
  csv: (start) => ['dst,calldate,result', `573001234567,${start},busy`],
  'freeswitch-csv': (start) => [cdrCsv({ start_stamp: start })],
  fusionpbx: (start) => [
    'uuid,start_stamp,destination_number,direction,hangup_cause,tta',
    `u1,${start},573001234567,outbound,USER_BUSY,`,
  ],
  grandstream: (start) => [
    'Callee Number,Source Channel,Start Time,Call Status,Call Type',
    `573001234567,PJSIP/1000-1,${start},BUSY,Outbound`,
  ],
  plivo: (start) => [
    'call_uuid,to_number,initiation_time,answer_time,hangup_cause_code',
    `u1,573001234567,${start},,3010`,
  ],
  twilio: (start) => ['sid,to,status,start_time', `CA1,+573001234567,busy,${start}`],
  'vendor-campaign-3': (start) => [
    'campaign_id,telephone,date,result,conn_id',
    `1,573001234567,${start},BUSY,c1`,
  ],
  'vicidial-log': (start) => ['call_date\tphone_number\tstatus', `${start}\t573001234567\tB`],
  'vicidial-export': (start) => [
    'call_date\tphone_number_dialed\tstatus\tuser\tvendor_lead_code',
    `${start}\t573001234567\tB\tVDAD\tC-1`,
  ],
};

function instantOf(name: ImportFormatName, start: string, time_zone: string): number | string {
  const map = parseColumnMap('telephone=dst,dialed_at=calldate,result=result');
  const read = formatNamed(name).open({ time_zone, ...(map && { map }) });
  const readings = ROWS[name]?.(start).map((line) => read(line));
  const last = readings?.at(-1);
  return last?.kind === 'leg' ? last.dialed_at_s : JSON.stringify(last);
}

test.each(IMPORT_FORMATS.filter((name) => name in ROWS))(
  '%s: a skipped hour, a repeated one, and days that do not exist',
  (name) => {
    const at = (start: string, time_zone: string) => instantOf(name, start, time_zone);
    const utc = (...parts: [number, number, number, number, number]) => Date.UTC(...parts) / 1_000;
    expect(at('2026-11-03 07:00:00', 'America/Bogota')).toBe(utc(2026, 10, 3, 12, 0));
    // 02:00 to 03:00 is skipped: the instant of the jump.
    expect(at('2026-03-08 01:59:59', 'America/New_York')).toBe(utc(2026, 2, 8, 7, 0) - 1);
    expect(at('2026-03-08 02:30:00', 'America/New_York')).toBe(utc(2026, 2, 8, 7, 0));
    expect(at('2026-03-08 03:00:00', 'America/New_York')).toBe(utc(2026, 2, 8, 7, 0));
    // 01:00 to 02:00 comes twice: the first time.
    expect(at('2026-11-01 01:30:00', 'America/New_York')).toBe(utc(2026, 10, 1, 5, 30));
    expect(at('2026-11-01 02:00:00', 'America/New_York')).toBe(utc(2026, 10, 1, 7, 0));
    for (const start of ['2026-02-30 10:00:00', '2026-11-03 24:00:00', '2026-11-03 12:60:00']) {
      expect(at(start, 'UTC')).toContain('rejected');
    }
  },
);

test("Asterisk's ids tell the second time of a repeated hour", () => {
  const second_s = Date.UTC(2026, 10, 1, 6, 30) / 1_000;
  const read = formatNamed('asterisk-csv')?.open({ time_zone: 'America/New_York' });
  const line = cdrLine({ start: '2026-11-01 01:30:00', uniqueid: `${second_s}.4` });
  expect(read?.(line)).toMatchObject({ dialed_at_s: second_s });
});

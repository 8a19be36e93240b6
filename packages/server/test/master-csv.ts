/** Writes lines of Asterisk's Master.csv for tests, in each of its layouts. */
export interface CdrFields {
  src: string;
  dst: string;
  dcontext: string;
  channel: string;
  dstchannel: string;
  lastapp: string;
  lastdata: string;
  start: string;
  duration: number;
  billsec: number;
  disposition: string;
  uniqueid: string;
  userfield: string;
  linkedid: string;
}

/** 2026-11-03 12:00:00 UTC: what the uniqueids of the tests begin with. */
export const CALL_S = 1_793_707_200;

const DEFAULTS: CdrFields = {
  src: '1000',
  dst: '573001234567',
  dcontext: 'outbound',
  channel: 'PJSIP/1000-00000001',
  dstchannel: 'PJSIP/north-00000002',
  lastapp: 'Dial',
  lastdata: 'PJSIP/573001234567@north,30',
  start: '2026-11-03 12:00:00',
  duration: 20,
  billsec: 0,
  disposition: 'NO ANSWER',
  uniqueid: `${CALL_S}.1`,
  userfield: '',
  linkedid: `${CALL_S}.1`,
};

export type Columns = 16 | 17 | 18 | 19 | 20 | 21;

/** One line without its end. 17 and 20 columns have the uniqueid, not the userfield. */
export function cdrLine(fields: Partial<CdrFields> = {}, columns: Columns = 18): string {
  const cdr = { ...DEFAULTS, ...fields };
  const has_uniqueid = columns === 17 || columns === 18 || columns >= 20;
  const has_userfield = columns === 18 || columns === 21;
  return [
    ...['', cdr.src, cdr.dst, cdr.dcontext, '"Ana" <1000>', cdr.channel, cdr.dstchannel].map(quoted),
    ...[cdr.lastapp, cdr.lastdata, cdr.start].map(quoted),
    '', // never answered: a bare empty field
    quoted(cdr.start),
    String(cdr.duration),
    String(cdr.billsec),
    ...[cdr.disposition, 'DOCUMENTATION'].map(quoted),
    ...(has_uniqueid ? [quoted(cdr.uniqueid)] : []),
    ...(has_userfield ? [quoted(cdr.userfield)] : []),
    ...(columns >= 19 ? [quoted(''), quoted(cdr.linkedid), '7'] : []),
  ].join(',');
}

/** A number dialed over the trunk `north`. */
export function dialed(telephone: string): Pick<CdrFields, 'dst' | 'lastdata'> {
  return { dst: telephone, lastdata: `PJSIP/${telephone}@north,30` };
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

import { createHash } from 'node:crypto';
import { FIELD_LIMITS, textFault } from '@recuento/contract';
import { parseCsvLine } from '../csv-line.js';
import type { Leg } from '../leg.js';
import { WallSeconds } from '../wall-seconds.js';
import { answeredAs, type Disposition, dispositionCode } from './asterisk-outcome.js';
import { callInstant, isUniqueId } from './call-key.js';
import { dialTarget, isDialable, trunkOfChannel } from './dial-string.js';
import {
  type FormatContext,
  type ImportFormat,
  type Reading,
  type ReadLine,
  rejected,
  skipped,
} from './format.js';

/**
 * Asterisk's `cdr-csv/Master.csv` (cdr/cdr_csv.c, build_csv_record): no header, and 16 to 21 columns:
 *
 *   accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start, answer, end, duration,
 *   billsec, disposition, amaflags [, uniqueid] [, userfield] [, peeraccount, linkedid, sequence]
 *
 * as loguniqueid, loguserfield and newcdrcolumns of cdr.conf say. Times are `YYYY-MM-DD HH:MM:SS` of the declared
 * zone (UTC where usegmtime=yes, the switch's own where not); an event that never came is an empty field.
 */
export const asteriskCsv: ImportFormat = { name: 'asterisk-csv', open };

// Columns, counted from 0.
const DST = 2;
const DSTCHANNEL = 6;
const LASTAPP = 7;
const LASTDATA = 8;
const START = 9;
const DURATION = 12;
const BILLSEC = 13;
const DISPOSITION = 14;
const FIXED_COLUMNS = 16;

/** Where the optional columns are, by the count of columns; those that a layout lacks are absent. */
interface Layout {
  readonly uniqueid?: number;
  readonly userfield?: number;
  readonly linkedid?: number;
}

const NO_TELEPHONE = skipped('no_telephone');

function open(context: FormatContext): ReadLine {
  const clock = new WallSeconds(context.time_zone);
  return (line) => {
    const fields = parseCsvLine(line);
    if (typeof fields === 'string') return rejected(fields);
    const layout = layoutOf(fields);
    return layout === undefined
      ? rejected(`it has ${fields.length} columns, not 16 to 21`)
      : readRow(line, fields, layout, clock);
  };
}

function readRow(line: string, fields: readonly string[], layout: Layout, clock: WallSeconds): Reading {
  const started_at_s = clock.parse(fields[START] ?? '');
  if (started_at_s === undefined) return rejected('start is not a date-time YYYY-MM-DD HH:MM:SS');
  const duration = wholeNumber(fields[DURATION] ?? '');
  const billsec = wholeNumber(fields[BILLSEC] ?? '');
  // billsec decides nothing: NO ANSWER rows have it above 0, and ANSWERED rows have it at 0.
  if (duration === undefined || billsec === undefined)
    return rejected('duration or billsec is not a whole number');
  const disposition = dispositionCode(fields[DISPOSITION] ?? '');
  if (disposition === undefined) return rejected('disposition is none that Asterisk writes');
  if (started_at_s < FIELD_LIMITS.dialed_at_min_s || started_at_s > FIELD_LIMITS.dialed_at_max_s) {
    return rejected('start is not between the years 2000 and 2100');
  }
  const { telephone, trunk } = dialedBy(fields);
  if (telephone === '') return NO_TELEPHONE;
  const attempt_id = callKey(line, fields, layout);
  const fault =
    fieldFault('telephone', telephone, FIELD_LIMITS.telephone_chars) ??
    fieldFault('uniqueid or linkedid', attempt_id, FIELD_LIMITS.attempt_id_chars) ??
    (trunk === '' ? undefined : fieldFault('trunk', trunk, FIELD_LIMITS.text_chars));
  if (fault !== undefined) return rejected(fault);
  return legOf(fields, layout, disposition, {
    telephone,
    trunk,
    attempt_id,
    dialed_at_s: callInstant(attempt_id, started_at_s),
    duration_seconds: billsec,
  });
}

function legOf(
  fields: readonly string[],
  layout: Layout,
  disposition: Disposition,
  known: Pick<Leg, 'telephone' | 'trunk' | 'attempt_id' | 'dialed_at_s' | 'duration_seconds'>,
): Leg {
  const userfield = layout.userfield === undefined ? '' : (fields[layout.userfield] ?? '');
  const { code, amd } = answeredAs(disposition, fields[LASTAPP] ?? '', userfield);
  return { kind: 'leg', ...known, code, amd, sip: undefined, cause: undefined, agent_id: '' };
}

/**
 * 17 columns have the uniqueid or the userfield alone, and 20 as well: a uniqueid looks like one, whereas what a
 * dialplan puts into userfield hardly does.
 */
function layoutOf(fields: readonly string[]): Layout | undefined {
  const alone = isUniqueId(fields[FIXED_COLUMNS] ?? '');
  switch (fields.length) {
    case 16:
      return NEITHER;
    case 17:
      return alone ? UNIQUEID : USERFIELD;
    case 18:
      return BOTH;
    case 19:
      return NEW_NEITHER;
    case 20:
      return alone ? NEW_UNIQUEID : NEW_USERFIELD;
    case 21:
      return NEW_BOTH;
    default:
      return undefined;
  }
}

const NEITHER: Layout = {};
const UNIQUEID: Layout = { uniqueid: 16 };
const USERFIELD: Layout = { userfield: 16 };
const BOTH: Layout = { uniqueid: 16, userfield: 17 };
const NEW_NEITHER: Layout = { linkedid: 17 };
const NEW_UNIQUEID: Layout = { uniqueid: 16, linkedid: 18 };
const NEW_USERFIELD: Layout = { userfield: 16, linkedid: 18 };
const NEW_BOTH: Layout = { uniqueid: 16, userfield: 17, linkedid: 19 };

/**
 * The dialed number: of the dial string when the last application was Dial and names one, else dst. A leg that dialed
 * nothing (extensions s, h, i, t) has none. The trunk: of the dial string, else of dstchannel.
 */
function dialedBy(fields: readonly string[]): { telephone: string; trunk: string } {
  const channel_trunk = trunkOfChannel(fields[DSTCHANNEL] ?? '');
  const dst = fields[DST] ?? '';
  const fallback = isDialable(dst) ? dst : '';
  if (fields[LASTAPP] !== 'Dial') return { telephone: fallback, trunk: channel_trunk };
  const target = dialTarget(fields[LASTDATA] ?? '', channel_trunk);
  return {
    telephone: isDialable(target.telephone) ? target.telephone : fallback,
    trunk: target.trunk === '' ? channel_trunk : target.trunk,
  };
}

/** linkedid, else uniqueid, else what the line itself says: a line delivered twice is still one attempt. */
function callKey(line: string, fields: readonly string[], layout: Layout): string {
  const linkedid = layout.linkedid === undefined ? '' : (fields[layout.linkedid] ?? '');
  if (linkedid !== '') return linkedid;
  const uniqueid = layout.uniqueid === undefined ? '' : (fields[layout.uniqueid] ?? '');
  if (uniqueid !== '') return uniqueid;
  return `line-${createHash('sha256').update(line).digest('hex').slice(0, 32)}`;
}

function fieldFault(name: string, value: string, max_chars: number): string | undefined {
  const fault = textFault(value, max_chars);
  return fault === undefined ? undefined : `${name} ${fault}`;
}

/** A bare integer as Asterisk writes seconds, or undefined; an empty field is none. */
function wholeNumber(text: string): number | undefined {
  if (text.length === 0 || text.length > 10) return undefined;
  let value = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value <= FIELD_LIMITS.duration_max_s ? value : undefined;
}

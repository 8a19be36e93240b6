import { type Columns, readColumns } from '../columns.js';
import { NO_TRUNKS, type Trunks } from '../trunks.js';
import { WallSeconds } from '../wall-seconds.js';
import {
  type FileHead,
  type FormatContext,
  type ImportFormat,
  type PhoneCode,
  type Reading,
  rejected,
  skipped,
  WrongFile,
} from './format.js';
import { readVicidialCall } from './vicidial-call.js';
import { type CarrierColumns, carrierColumnsOf, carrierRowOf, tellsOfCarrier } from './vicidial-carrier.js';
import { withoutNulls } from './without-nulls.js';

/**
 * What Vicidial's call export (`call_report_export.php`) writes: tabs between the fields, and a header:
 *
 *   call_date, phone_number_dialed, status, user, full_name, campaign_id, vendor_lead_code, source_id, list_id,
 *   gmt_offset_now, phone_code, phone_number, ...
 *
 * phone_number_dialed is what was dialed; phone_number is the lead's, which may be another one (alternative numbers)
 * and may have been changed since. call_date is wall time of the declared zone. campaign_id is Vicidial's text, not
 * the campaign's number here. With its extended fields the export has uniqueid, hangup_cause, dialstatus and channel.
 */
export const vicidialExport: ImportFormat = {
  name: 'vicidial-export',
  open: (context) => {
    const reader = new ExportReader(context);
    return (line) => reader.read(line);
  },
  takes: ['phone_code'],
  recognise,
};

const HEADER = skipped('header');

interface ExportColumns {
  readonly header: Columns;
  readonly call_date: number;
  readonly phone_number_dialed: number;
  readonly status: number;
  readonly user: number;
  readonly phone_code: number;
  readonly lead_id: number;
  readonly length_in_sec: number;
  readonly uniqueid: number;
  readonly carrier: CarrierColumns | undefined;
}

class ExportReader {
  readonly #clock: WallSeconds;
  readonly #trunks: Trunks;
  readonly #phone_code: PhoneCode;
  #at: ExportColumns | undefined;

  constructor(context: FormatContext) {
    this.#clock = new WallSeconds(context.time_zone);
    this.#trunks = context.trunks ?? NO_TRUNKS;
    this.#phone_code = context.phone_code ?? 'keep';
  }

  /** @throws WrongFile */
  read(line: string): Reading {
    const at = this.#at;
    if (at === undefined) {
      this.#at = columnsOf(line);
      return HEADER;
    }
    const fields = at.header.split(line);
    if (typeof fields === 'string') return rejected(fields);
    withoutNulls(fields);
    const field = (index: number) => fields[index] ?? '';
    const call = {
      uniqueid: field(at.uniqueid),
      lead_id: field(at.lead_id),
      phone_code: field(at.phone_code),
      phone_number: field(at.phone_number_dialed),
      dialed_at_s: this.#clock.parse(field(at.call_date)),
      status: field(at.status),
      user: field(at.user),
      length_in_sec: field(at.length_in_sec),
      carrier: at.carrier && carrierRowOf(fields, at.carrier),
      takes_along: 0,
    };
    return readVicidialCall(call, this.#phone_code, this.#trunks);
  }
}

/** @throws WrongFile */
function columnsOf(line: string): ExportColumns {
  const header = readColumns(line);
  if (typeof header === 'string') throw new WrongFile(`its first line is no header: ${header}`);
  const missing = NEEDED.filter((name) => header.at(name) < 0);
  const dialed = dialedColumn(header);
  if (missing.length > 0 || dialed < 0) {
    const names = [...missing, ...(dialed < 0 ? ['phone_number_dialed'] : [])];
    throw new WrongFile(`its first line is no header with the columns ${names.join(', ')}`);
  }
  const carrier = carrierColumnsOf(header);
  return {
    header,
    call_date: header.at('call_date'),
    phone_number_dialed: dialed,
    status: header.at('status'),
    user: header.at('user'),
    phone_code: header.at('phone_code'),
    lead_id: header.at('lead_id'),
    length_in_sec: header.at('length_in_sec'),
    uniqueid: header.at('uniqueid'),
    carrier: tellsOfCarrier(carrier) ? carrier : undefined,
  };
}

const NEEDED = ['call_date', 'status', 'user'];

/** Older versions call both columns phone_number; the dialed one comes first. */
function dialedColumn(header: Columns): number {
  const named = header.at('phone_number_dialed');
  if (named >= 0) return named;
  const [first, second] = header.all('phone_number');
  return first !== undefined && second !== undefined ? first : -1;
}

function recognise(head: FileHead): string | undefined {
  const header = readColumns(head.lines[0] ?? '');
  if (typeof header === 'string') return undefined;
  const dialed = header.at('phone_number_dialed') >= 0 ? 'phone_number_dialed' : 'phone_number twice';
  const names = ['call_date', 'status', 'vendor_lead_code'];
  if (dialedColumn(header) < 0 || names.some((name) => header.at(name) < 0)) return undefined;
  return `a header with ${[...names, dialed].join(', ')}`;
}

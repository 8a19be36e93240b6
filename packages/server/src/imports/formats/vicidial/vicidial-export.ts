import { NO_TRUNKS } from '../../evidence/trunks.js';
import { Dates } from '../../fields/dates.js';
import { type ReadLine, skipped } from '../../reading/reading.js';
import type { Columns } from '../../rows/columns.js';
import { headerOf, missingColumns } from '../../rows/header.js';
import { tableReader } from '../../rows/table-reader.js';
import type { FileHead, FormatContext, ImportFormat } from '../format.js';
import { readVicidialCall } from './vicidial-call.js';
import { type CarrierColumns, carrierColumnsOf, carrierRowOf, tellsOfCarrier } from './vicidial-carrier.js';

/**
 * The output of Vicidial's call export (`call_report_export.php`): tabs between the fields, and a header:
 *
 *   call_date, phone_number_dialed, status, user, full_name, campaign_id, vendor_lead_code, source_id, list_id,
 *   gmt_offset_now, phone_code, phone_number, ...
 *
 * phone_number_dialed was dialed. phone_number is the lead's, which may differ (alternative numbers) and may have changed
 * since. call_date is wall time of the declared zone. campaign_id is Vicidial's text, not the number of a campaign here.
 * With its extended fields the export has uniqueid, hangup_cause, dialstatus and channel.
 */
export const vicidialExport: ImportFormat = {
  name: 'vicidial-export',
  open,
  takes: ['phone_code', 'date_order', 'only'],
  recognise,
};

const INBOUND = skipped('inbound');
/** The user of a call that came in to an in-group and reached no agent (agi-VDAD_ALL_inbound.agi). */
const IN_GROUPS = 'VDCL';

interface ExportColumns {
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

function open(context: FormatContext): ReadLine {
  const dates = new Dates(context.time_zone, context.date_order);
  const { trunks = NO_TRUNKS, phone_code = 'keep' } = context;
  return tableReader(
    columnsOf,
    (_, fields, at) => {
      const field = (index: number) => fields[index] ?? '';
      const call = {
        uniqueid: field(at.uniqueid),
        lead_id: field(at.lead_id),
        phone_code: field(at.phone_code),
        phone_number: field(at.phone_number_dialed),
        dialed_at_s: dates.parse(field(at.call_date)),
        status: field(at.status),
        user: field(at.user),
        length_in_sec: field(at.length_in_sec),
        carrier: at.carrier && carrierRowOf(fields, at.carrier),
        takes_along: 0,
      };
      return call.user.toUpperCase() === IN_GROUPS
        ? INBOUND
        : readVicidialCall(call, phone_code, trunks, dates.form);
    },
    context.only,
  );
}

function columnsOf(header: Columns): ExportColumns | string {
  const dialed = dialedColumn(header);
  const missing = missingColumns(header, dialed < 0 ? [...NEEDED, 'phone_number_dialed'] : NEEDED);
  if (missing !== undefined) return missing;
  const carrier = carrierColumnsOf(header);
  const at = {
    call_date: header.at('call_date'),
    phone_number_dialed: dialed,
    status: header.at('status'),
    user: header.at('user'),
    phone_code: header.at('phone_code'),
    lead_id: header.at('lead_id'),
    length_in_sec: header.at('length_in_sec'),
    uniqueid: header.at('uniqueid'),
  };
  header.use([...Object.values(at), ...Object.values(carrier)]);
  return { ...at, carrier: tellsOfCarrier(carrier) ? carrier : undefined };
}

const NEEDED = ['call_date', 'status', 'user'];

/** Older versions name both columns phone_number; the dialed one comes first. */
function dialedColumn(header: Columns): number {
  const named = header.at('phone_number_dialed');
  if (named >= 0) return named;
  const [first, second] = header.all('phone_number');
  return first !== undefined && second !== undefined ? first : -1;
}

function recognise(head: FileHead): string | undefined {
  const names = ['call_date', 'status', 'vendor_lead_code'];
  const found = headerOf(head.lines, (header) =>
    dialedColumn(header) < 0 ? 'no telephone' : (missingColumns(header, names) ?? header),
  );
  if (found === undefined) return undefined;
  const dialed = found.header.at('phone_number_dialed') >= 0 ? 'phone_number_dialed' : 'phone_number twice';
  return `a header with ${[...names, dialed].join(', ')}`;
}

import { foldSpelling } from '@recuento/contract';
import { Dates } from '../../fields/dates.js';
import { wholeNumber } from '../../fields/fields.js';
import { secondsTold } from '../../fields/seconds.js';
import { type Reading, rejected, skipped } from '../../reading/reading.js';
import type { Columns } from '../../rows/columns.js';
import { headerOf, missingColumns } from '../../rows/header.js';
import { tableReader } from '../../rows/table-reader.js';
import { checkedLeg, type FieldNames, SAME_CALL_S } from '../checked-leg.js';
import type { FileHead, FormatContext, ImportFormat } from '../format.js';
import { dialedNumber, FREESWITCH_WORDS } from './freeswitch-outcome.js';

/**
 * FusionPBX's CSV export of its call detail records: every value between quotes, none escaped, under a header with the
 * column names of its table. Which columns there are depends on its version and settings:
 *
 *   domain_uuid, sip_call_id, extension, extension_name, start_stamp, end_stamp, start_date_formatted, start_time_formatted,
 *   start_epoch, hangup_cause, duration, billmsec, missed_call, record_path, record_name, xml_cdr_uuid, bridge_uuid,
 *   direction, billsec, caller_id_name, caller_id_number, caller_destination, source_number, destination_number, leg,
 *   read_codec, write_codec, cc_side, ..., accountcode, answer_stamp, status, sip_hangup_disposition, pdd_ms,
 *   rtp_audio_in_mos, tta
 *
 * (app/xml_cdr/xml_cdr_export.php and xml_cdr_inc.php. Older versions name xml_cdr_uuid uuid, and show the answer only by
 * tta, which is answer_epoch - start_epoch.) `direction` is the dialplan's: outbound, inbound or local. A call is identified
 * by the uuid of its a-leg, as in FreeSWITCH's own records. start_stamp has an offset; without one it is in the declared zone.
 */
export const fusionpbx: ImportFormat = {
  name: 'fusionpbx',
  takes: ['date_order', 'strip_prefix', 'only'],
  open: (context) => {
    const dates = new Dates(context.time_zone, context.date_order);
    return tableReader(columnsOf, (_, fields, at) => readRow(fields, at, dates, context), context.only);
  },
  recognise,
};

const NAMES: FieldNames = {
  key: 'xml_cdr_uuid',
  telephone: 'destination_number',
  start: 'start_stamp',
  outcome: 'hangup_cause',
};

const UUID = ['xml_cdr_uuid', 'uuid'] as const;
const NEEDED = [
  UUID,
  ['start_epoch', 'start_stamp'],
  'destination_number',
  'direction',
  'hangup_cause',
  // Without one of them nothing separates answered calls from others: NORMAL_CLEARING ends both.
  ['answer_stamp', 'tta'],
] as const;

type At = Readonly<
  Record<
    | (
        | 'uuid'
        | 'originating_leg_uuid'
        | 'bridge_uuid'
        | 'leg'
        | 'start_epoch'
        | 'start_stamp'
        | 'answer_stamp'
      )
    | ('tta' | 'direction' | 'destination_number' | 'caller_id_number' | 'caller_id_name' | 'hangup_cause')
    | ('billsec' | 'extension'),
    number
  >
>;

function columnsOf(header: Columns): At | string {
  const missing = missingColumns(header, NEEDED);
  if (missing !== undefined) return missing;
  const at = {
    uuid: header.at(...UUID),
    originating_leg_uuid: header.at('originating_leg_uuid'),
    bridge_uuid: header.at('bridge_uuid'),
    leg: header.at('leg'),
    start_epoch: header.at('start_epoch'),
    start_stamp: header.at('start_stamp'),
    answer_stamp: header.at('answer_stamp'),
    tta: header.at('tta'),
    direction: header.at('direction'),
    destination_number: header.at('destination_number'),
    caller_id_number: header.at('caller_id_number'),
    caller_id_name: header.at('caller_id_name'),
    hangup_cause: header.at('hangup_cause'),
    billsec: header.at('billsec'),
    extension: header.at('extension'),
  };
  header.use(Object.values(at));
  return at;
}

const INBOUND = skipped('inbound');
const LOCAL = skipped('internal');

function readRow(fields: readonly string[], at: At, dates: Dates, { trunks }: FormatContext): Reading {
  const field = (name: keyof At) => (fields[at[name]] ?? '').trim();
  const direction = foldSpelling(field('direction'));
  if (direction === 'inbound') return INBOUND;
  if (direction === 'local') return LOCAL;
  if (direction === '') return rejected('direction is empty, so nothing says whether the call went out');
  if (direction !== 'outbound') return rejected("direction is none of FusionPBX's");
  const epoch_s = wholeNumber(field('start_epoch'));
  const dialed_at_s = epoch_s || dates.parse(field('start_stamp'));
  if (dialed_at_s === undefined) return rejected(`start_stamp is not a date-time ${dates.form}`);
  const is_b = field('leg') === 'b';
  return checkedLeg(
    {
      // A b-leg is identified by the other leg: by the one that it is bridged to, where the export has nothing better.
      attempt_id: (is_b && (field('originating_leg_uuid') || field('bridge_uuid'))) || field('uuid'),
      dialed: dialedNumber(field('destination_number'), field('caller_id_number'), field('caller_id_name')),
      dialed_at_s,
      duration_seconds: secondsTold(field('billsec')),
      told: {
        answered: at.answer_stamp < 0 ? isAnswered(field('tta')) : field('answer_stamp') !== '',
        cause: field('hangup_cause'),
      },
      agent_id: field('extension'),
      same_call_within_s: SAME_CALL_S,
    },
    FREESWITCH_WORDS,
    NAMES,
    trunks,
  );
}

/** Time to answer. It is empty, or far below zero (0 - start_epoch), where there was no answer. */
function isAnswered(tta: string): boolean {
  return /^\d+(?:\.\d+)?$/.test(tta);
}

function recognise(head: FileHead): string | undefined {
  const names = ['bridge_uuid', 'direction', 'destination_number', 'hangup_cause'];
  const found = headerOf(head.lines, (header) => missingColumns(header, [UUID, ...names]) ?? header);
  return found && `a header with ${names.join(', ')}`;
}

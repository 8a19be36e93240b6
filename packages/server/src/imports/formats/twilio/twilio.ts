import type { Trunks } from '../../evidence/trunks.js';
import { Dates } from '../../fields/dates.js';
import { toldBy } from '../../fields/nothing.js';
import { type Reading, type ReadLine, rejected, WrongFile } from '../../reading/reading.js';
import type { Columns } from '../../rows/columns.js';
import { headerOf, missingColumns } from '../../rows/header.js';
import type { Only } from '../../rows/only.js';
import { ONLY_OF_LINES } from '../../rows/row-filter.js';
import { tableReader } from '../../rows/table-reader.js';
import type { FormatContext, ImportFormat } from '../format.js';
import { beginsAsJson, fieldTextOf, type JsonObject, objectOf, parseObject, textOf } from '../json-object.js';
import { readTwilioCall } from './twilio-call.js';

/**
 * Calls of Twilio: pages of `Calls.json`, single call resources and summaries of Voice Insights, all of them also in the
 * spelling of its libraries and its command line (`startTime`); and files with a header that names the same fields. Times
 * are RFC 2822 or ISO 8601; those without an offset are in the declared zone.
 */
export const twilio: ImportFormat = {
  name: 'twilio',
  cut: { into: 'either', list_key: 'calls' },
  open: (context) => {
    const reader = new Reader(context);
    const readRow = tableReader(columnsOf, (_, fields, at) => reader.row(fields, at), context.only);
    const read: ReadLine = (text) => (text.startsWith('{') ? reader.readJson(text) : readRow(text));
    read.end = readRow.end;
    return read;
  },
  takes: ['date_order', 'only'],
  recognise: ({ text, lines }) => {
    if (beginsAsJson(text)) {
      return CALL_SID.test(text) ? 'JSON with the sid of a call' : undefined;
    }
    const found = headerOf(lines, (header) => missingColumns(header, [NAMES.sid, NAMES.status]) ?? header);
    return found && lines.some((line) => /CA[0-9a-f]{32}/.test(line))
      ? 'a header with the sid and the status of a call'
      : undefined;
  },
};

const CALL_SID = /"(?:sid|call_?sid)"\s*:\s*"CA[0-9a-f]{32}"/i;

/** Names of the columns; folded, so `Start Time` is `start_time`. */
const NAMES = {
  sid: ['Call Sid', 'sid'],
  to: ['to'],
  status: ['status', 'Call Status', 'Call State'],
  start: ['start_time'],
  created: ['date_created', 'created_time'],
  answered_by: ['answered_by'],
  direction: ['direction', 'Call Direction'],
  duration: ['duration'],
} as const;
const NEEDED = ['sid', 'to', 'status', 'start'] as const;

/** Indices of the columns; -1 is nowhere. */
type At = Readonly<Record<keyof typeof NAMES, number>>;

class Reader {
  readonly #dates: Dates;
  readonly #trunks: Trunks | undefined;
  readonly #only: Only | undefined;

  constructor(context: FormatContext) {
    this.#trunks = context.trunks;
    this.#dates = new Dates(context.time_zone, context.date_order);
    this.#only = context.only;
  }

  row(fields: readonly string[], at: At): Reading {
    const field = (index: number) => (fields[index] ?? '').trim();
    return readTwilioCall(
      {
        sid: field(at.sid),
        to: field(at.to),
        status: field(at.status),
        started_at_s: this.#instant([field(at.start), field(at.created)]),
        answered_by: field(at.answered_by),
        direction: at.direction < 0 ? undefined : field(at.direction),
        duration: field(at.duration),
        sip: '',
      },
      this.#trunks,
    );
  }

  readJson(text: string): Reading {
    if (this.#only !== undefined) throw new WrongFile(ONLY_OF_LINES);
    const call = parseObject(text);
    return typeof call === 'string' ? rejected(call) : this.#call(call);
  }

  #call(call: JsonObject): Reading {
    const to = objectOf(call.to);
    const field = (name: string) => fieldTextOf(call, name) ?? '';
    return readTwilioCall(
      {
        sid: field('sid') || field('call_sid'),
        to: to ? textOf(to.callee) : field('to'),
        status: field('status') || field('call_state'),
        started_at_s: this.#instant(['start_time', 'date_created', 'created_time'].map(field)),
        answered_by: toldBy(field('answered_by')),
        direction: toldBy(field('direction')) || textOf(objectOf(call.properties)?.direction),
        duration: field('duration'),
        sip: '',
      },
      this.#trunks,
    );
  }

  /** A call that was never put through has no start: then the time at which it was created counts. */
  #instant(times: readonly string[]): number | undefined {
    const recorded = times.find((time) => toldBy(time).replace(/^-+$/, '') !== '');
    return recorded === undefined ? undefined : this.#dates.parse(recorded);
  }
}

function columnsOf(header: Columns): At | string {
  const missing = missingColumns(
    header,
    NEEDED.map((name) => NAMES[name]),
  );
  if (missing !== undefined) return missing;
  const column = (name: keyof typeof NAMES) => header.at(...NAMES[name]);
  const at = {
    sid: column('sid'),
    to: column('to'),
    status: column('status'),
    start: column('start'),
    created: column('created'),
    answered_by: column('answered_by'),
    direction: column('direction'),
    duration: column('duration'),
  };
  header.use(Object.values(at));
  return at;
}

import { parseInstant } from '@recuento/contract';
import { type Columns, readColumns } from '../columns.js';
import { WallSeconds } from '../wall-seconds.js';
import {
  type FormatContext,
  type ImportFormat,
  type Reading,
  rejected,
  skipped,
  WrongFile,
} from './format.js';
import { beginsAsJson, type JsonObject, objectOf, parseObject, textOf } from './json-object.js';
import { parseRfc2822 } from './rfc-2822.js';
import { readTwilioCall } from './twilio-call.js';

/**
 * Calls of Twilio: pages of `Calls.json`, single call resources, summaries of Voice Insights; and files with a header
 * that names their fields. Times are RFC 2822 or ISO 8601; those without an offset are of the declared zone.
 */
export const twilio: ImportFormat = {
  name: 'twilio',
  cut: { into: 'either', list_key: 'calls' },
  open: (context) => {
    const reader = new Reader(context);
    return (text) => reader.read(text);
  },
  recognise: ({ text, lines }) => {
    if (beginsAsJson(text)) {
      return CALL_SID.test(text) ? 'JSON with the sid of a call' : undefined;
    }
    const header = readColumns(lines[0] ?? '');
    if (typeof header === 'string') return undefined;
    return header.at(...NAMES.sid) >= 0 &&
      header.at(...NAMES.status) >= 0 &&
      /CA[0-9a-f]{32}/.test(lines[1] ?? '')
      ? 'a header with the sid and the status of a call'
      : undefined;
  },
};

const CALL_SID = /"(?:call_)?sid"\s*:\s*"CA[0-9a-f]{32}"/;

/** What the columns are called; folded, so `Start Time` is `start_time`. */
const NAMES = {
  sid: ['Call Sid', 'sid'],
  to: ['to'],
  status: ['status', 'Call Status', 'Call State'],
  start: ['start_time'],
  created: ['date_created', 'created_time'],
  answered_by: ['answered_by'],
  direction: ['direction'],
  duration: ['duration'],
} as const;
const NEEDED = ['sid', 'to', 'status', 'start'] as const;

const HEADER = skipped('header');

class Reader {
  readonly #clock: WallSeconds;
  #file: TwilioFile | undefined;

  constructor(context: FormatContext) {
    this.#clock = new WallSeconds(context.time_zone);
  }

  read(text: string): Reading {
    if (text.startsWith('{')) {
      const call = parseObject(text);
      return typeof call === 'string' ? rejected(call) : this.#readJson(call);
    }
    if (this.#file !== undefined) return this.#readRow(this.#file, text);
    this.#file = fileOf(text);
    return HEADER;
  }

  #readRow({ header, at }: TwilioFile, line: string): Reading {
    const fields = header.split(line);
    if (typeof fields === 'string') return rejected(fields);
    const field = (index: number) => (fields[index] ?? '').trim();
    return readTwilioCall({
      sid: field(at.sid),
      to: field(at.to),
      status: field(at.status),
      started_at_s: this.#instant(field(at.start) || field(at.created)),
      answered_by: field(at.answered_by),
      direction: at.direction < 0 ? undefined : field(at.direction),
      duration: field(at.duration),
      sip: '',
    });
  }

  #readJson(call: JsonObject): Reading {
    const to = objectOf(call.to);
    return readTwilioCall({
      sid: textOf(call.sid) || textOf(call.call_sid),
      to: to ? textOf(to.callee) : textOf(call.to),
      status: textOf(call.status) || textOf(call.call_state),
      // A call that was never put through has no start.
      started_at_s: this.#instant(
        textOf(call.start_time) || textOf(call.date_created) || textOf(call.created_time),
      ),
      answered_by: textOf(call.answered_by),
      direction: textOf(call.direction) || textOf(objectOf(call.properties)?.direction),
      duration: textOf(call.duration),
      sip: '',
    });
  }

  #instant(text: string): number | undefined {
    return parseRfc2822(text) ?? parseInstant(text) ?? this.#clock.parse(text);
  }
}

/** A file with a header, and where its columns are; -1 is nowhere. */
interface TwilioFile {
  readonly header: Columns;
  readonly at: Readonly<Record<keyof typeof NAMES, number>>;
}

/** @throws WrongFile */
function fileOf(line: string): TwilioFile {
  const header = readColumns(line);
  if (typeof header === 'string') throw new WrongFile(`its first line is no header: ${header}`);
  const column = (name: keyof typeof NAMES) => header.at(...NAMES[name]);
  const missing = NEEDED.filter((name) => column(name) < 0);
  if (missing.length > 0) {
    throw new WrongFile(`its header has no column ${missing.map((name) => NAMES[name][0]).join(', ')}`);
  }
  return {
    header,
    at: {
      sid: column('sid'),
      to: column('to'),
      status: column('status'),
      start: column('start'),
      created: column('created'),
      answered_by: column('answered_by'),
      direction: column('direction'),
      duration: column('duration'),
    },
  };
}

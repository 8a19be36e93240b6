import { FIELD_LIMITS, RECORD_FIELDS } from '@recuento/contract';
import { type Columns, readColumns } from '../columns.js';
import type { Words } from '../evidence.js';
import { lineKey, wholeNumber } from '../fields.js';
import type { CustomerRecord } from '../leg.js';
import { WallSeconds } from '../wall-seconds.js';
import { checkedLeg, type FieldNames } from './checked-leg.js';
import {
  type FormatContext,
  type ImportFormat,
  type Reading,
  rejected,
  skipped,
  WrongFile,
} from './format.js';
import { beginsAsJson, parseObject, textOf } from './json-object.js';

/**
 * Rows of the vendor's report `campaign_3`: its JSON replies, one or many, and files with its column names. One row an
 * attempt: campaign_id, customer_name, customer_last_name, id_type, customer_id, date, telephone, result, opt1 to
 * opt12, conn_id. `date` is wall time of the declared zone.
 *
 * A row belongs to the campaign that it names. A request that names one takes the rows of that campaign, and those
 * that name none; rows of others are skipped, as one file may hold the replies of many campaigns.
 */
export const vendorCampaign3: ImportFormat = {
  name: 'vendor-campaign-3',
  cut: { into: 'either', list_key: 'data' },
  names_campaigns: true,
  open: (context) => {
    const reader = new Reader(context);
    return (text) => reader.read(text);
  },
  recognise: ({ text, lines }) => {
    if (beginsAsJson(text)) {
      return NEEDED.every((name) => text.includes(`"${name}"`)) && text.includes('"conn_id"')
        ? 'JSON with telephone, date, result and conn_id'
        : undefined;
    }
    const header = readColumns(lines[0] ?? '');
    if (typeof header === 'string') return undefined;
    return [...NEEDED, 'conn_id'].every((name) => header.at(name) >= 0)
      ? 'a header with telephone, date, result and conn_id'
      : undefined;
  },
};

const NEEDED = ['telephone', 'date', 'result'] as const;
const FIELDS = [...NEEDED, 'campaign_id', 'customer_id', 'conn_id', ...RECORD_FIELDS] as const;
const WORDS: Words = { disposition: 'wolkvox' };
const NAMES: FieldNames = { key: 'conn_id', telephone: 'telephone', start: 'date', outcome: 'result' };
const HEADER = skipped('header');
const OTHER_CAMPAIGN = skipped('other_campaign');

/** The text of a field; '' where the row has none. */
type Field = (name: string) => string;

class Reader {
  readonly #clock: WallSeconds;
  readonly #campaign_id: number | undefined;
  #header: Columns | undefined;
  /** Indices of the header's columns by their names here. */
  #at: ReadonlyMap<string, number> = new Map();

  constructor(context: FormatContext) {
    this.#clock = new WallSeconds(context.time_zone);
    this.#campaign_id = context.campaign_id;
  }

  read(text: string): Reading {
    if (text.startsWith('{')) {
      const row = parseObject(text);
      return typeof row === 'string' ? rejected(row) : this.#row((name) => textOf(row[name]));
    }
    const header = this.#header;
    if (header === undefined) return this.#readHeader(text);
    const fields = header.split(text);
    return typeof fields === 'string'
      ? rejected(fields)
      : this.#row((name) => (fields[this.#at.get(name) ?? -1] ?? '').trim());
  }

  #readHeader(text: string): Reading {
    const header = readColumns(text);
    if (typeof header === 'string') throw new WrongFile(`its first line is no header: ${header}`);
    const missing = NEEDED.filter((name) => header.at(name) < 0);
    if (missing.length > 0) throw new WrongFile(`its header has no column ${missing.join(', ')}`);
    this.#header = header;
    this.#at = new Map(FIELDS.map((name) => [name, header.at(name)]));
    return HEADER;
  }

  #row(field: Field): Reading {
    const campaign_id = this.#campaignOf(field('campaign_id'));
    if (typeof campaign_id !== 'number') return campaign_id;
    const [date, telephone] = [field('date'), field('telephone')];
    const dialed_at_s = this.#clock.parse(date);
    if (dialed_at_s === undefined) return rejected(`date is not a date-time ${this.#clock.form}`);
    const customer_id = field('customer_id');
    return checkedLeg(
      {
        // Without a connection's id an attempt is known by when and for whom the number was dialed.
        attempt_id: field('conn_id') || lineKey(`${campaign_id}\n${date}\n${telephone}\n${customer_id}`),
        dialed: telephone,
        dialed_at_s,
        told: { disposition: field('result') },
        campaign_id,
        customer_id,
        record: recordOf(field),
      },
      WORDS,
      NAMES,
    );
  }

  #campaignOf(text: string): number | Reading {
    const asked = this.#campaign_id;
    if (text === '') return asked ?? rejected('campaign_id is missing, and the request names none');
    const named = wholeNumber(text, FIELD_LIMITS.campaign_id_max);
    if (named === undefined || named === 0) {
      return rejected(`campaign_id is not a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`);
    }
    return asked === undefined || asked === named ? named : OTHER_CAMPAIGN;
  }
}

function recordOf(field: Field): CustomerRecord {
  const record: Partial<Record<(typeof RECORD_FIELDS)[number], string>> = {};
  for (const name of RECORD_FIELDS) {
    const text = field(name);
    if (text !== '') record[name] = text;
  }
  return record;
}

import { FIELD_LIMITS, RECORD_FIELDS } from '@recuento/contract';
import type { OutcomeWords } from '../evidence/evidence.js';
import { NO_TRUNKS, type Trunks } from '../evidence/trunks.js';
import { Dates } from '../fields/dates.js';
import { lineKey, oneLine, wholeNumber } from '../fields/fields.js';
import { toldBy } from '../fields/nothing.js';
import type { CustomerRecord } from '../reading/leg.js';
import { type Reading, type ReadLine, rejected, skipped, WrongFile } from '../reading/reading.js';
import type { Columns } from '../rows/columns.js';
import { headerOf, missingColumns } from '../rows/header.js';
import type { Only } from '../rows/only.js';
import { ONLY_OF_LINES } from '../rows/row-filter.js';
import { tableReader } from '../rows/table-reader.js';
import { checkedLeg, type FieldNames } from './checked-leg.js';
import type { FormatContext, ImportFormat } from './format.js';
import { beginsAsJson, parseObject, textOf } from './json-object.js';

/**
 * Rows of the vendor's report `campaign_3`: its JSON replies, one or several, and files with its column names. Each row is
 * an attempt: campaign_id, customer_name, customer_last_name, id_type, customer_id, date, telephone, result, opt1 to
 * opt12, conn_id. `date` is wall time of the declared zone.
 *
 * A row belongs to the campaign that it names. A request that names a campaign takes the rows of that campaign and those
 * that name none. Other rows are skipped, because one file may hold the replies of many campaigns.
 */
export const vendorCampaign3: ImportFormat = {
  name: 'vendor-campaign-3',
  cut: { into: 'either', list_key: 'data' },
  names_campaigns: true,
  open: (context) => {
    const reader = new Reader(context);
    const readRow = tableReader(
      columnsOf,
      (_, fields, at) => reader.row((name) => (fields[at.get(name) ?? -1] ?? '').trim()),
      context.only,
    );
    const read: ReadLine = (text) => (text.startsWith('{') ? reader.readJson(text) : readRow(text));
    read.end = readRow.end;
    return read;
  },
  takes: ['date_order', 'strip_prefix', 'only'],
  recognise: ({ text, lines }) => {
    if (beginsAsJson(text)) {
      return NEEDED.every((name) => text.includes(`"${name}"`)) && text.includes('"conn_id"')
        ? 'JSON with telephone, date, result and conn_id'
        : undefined;
    }
    const needed = [...NEEDED, 'conn_id'];
    return headerOf(lines, (header) => missingColumns(header, needed) ?? header) === undefined
      ? undefined
      : 'a header with telephone, date, result and conn_id';
  },
};

const NEEDED = ['telephone', 'date', 'result'] as const;
const FIELDS = [...NEEDED, 'campaign_id', 'customer_id', 'conn_id', ...RECORD_FIELDS] as const;
const WORDS: OutcomeWords = { disposition: 'wolkvox' };
const NAMES: FieldNames = { key: 'conn_id', telephone: 'telephone', start: 'date', outcome: 'result' };
const OTHER_CAMPAIGN = skipped('other_campaign');

/** The text of a field; '' where the row has none. */
type Field = (name: string) => string;

/** Indices of the header's columns, by their names in this file. */
function columnsOf(header: Columns): ReadonlyMap<string, number> | string {
  const missing = missingColumns(header, NEEDED);
  if (missing !== undefined) return missing;
  const at = new Map(FIELDS.map((name) => [name, header.at(name)]));
  header.use(at.values());
  return at;
}

class Reader {
  readonly #dates: Dates;
  readonly #campaign_id: number | undefined;
  readonly #trunks: Trunks;
  readonly #only: Only | undefined;

  constructor(context: FormatContext) {
    this.#only = context.only;
    this.#dates = new Dates(context.time_zone, context.date_order);
    this.#campaign_id = context.campaign_id;
    this.#trunks = context.trunks ?? NO_TRUNKS;
  }

  readJson(text: string): Reading {
    if (this.#only !== undefined) throw new WrongFile(ONLY_OF_LINES);
    const row = parseObject(text);
    return typeof row === 'string' ? rejected(row) : this.row((name) => toldBy(textOf(row[name])));
  }

  row(field: Field): Reading {
    const campaign_id = this.#campaignOf(field('campaign_id'));
    if (typeof campaign_id !== 'number') return campaign_id;
    const [date, telephone] = [field('date'), field('telephone')];
    const dialed_at_s = this.#dates.parse(date);
    if (dialed_at_s === undefined) return rejected(`date is not a date-time ${this.#dates.form}`);
    const customer_id = field('customer_id');
    return checkedLeg(
      {
        // Without the id of a connection, an attempt is identified by its time, telephone and customer.
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
      this.#trunks,
    );
  }

  #campaignOf(text: string): number | Reading {
    const asked = this.#campaign_id;
    if (text === '') return asked ?? rejected('campaign_id is missing, and the request names none');
    const named = wholeNumber(text.replace(/^(\d{1,10})\.0$/, '$1'), FIELD_LIMITS.campaign_id_max);
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
    if (text !== '') record[name] = oneLine(text);
  }
  return record;
}

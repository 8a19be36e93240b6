/** Texts stay as they are; counts are added up. */
type ColumnKind = 'text' | 'count';

/**
 * How the rows of two windows are merged:
 * - `add`: counts are added up by key;
 * - `concatenate`: each row is an attempt, and is in one window only;
 * - `never`: windows cannot be merged, so the range must be one window.
 */
type Merging = 'add' | 'concatenate' | 'never';

/** The columns of a report, and how the client merges parts of it. */
export interface ReportShape {
  readonly api: string;
  /** In the order of the API. */
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** Column that identifies a row, or orders the rows. */
  readonly key: string;
  /** Column whose sum over all rows goes into a manifest; absent: the number of rows. */
  readonly sum?: string;
  readonly merging: Merging;
  /** Column with the percentage of `sum`. The client always calculates it from the whole. */
  readonly percent?: string;
}

type RowOf<Shape extends ReportShape> = {
  readonly [Name in keyof Shape['columns']]: Shape['columns'][Name] extends 'count' ? number : string;
};

const BY_RESULT = { result: 'text', records: 'count', percent: 'text' } as const;

/** Machine codes, final result. A record in two windows has only one last attempt, so windows cannot be added up. */
const CAMPAIGN_1 = {
  api: 'campaign_1',
  columns: BY_RESULT,
  key: 'result',
  sum: 'records',
  merging: 'never',
} as const satisfies ReportShape;

/** Machine codes, phone by phone: a row for each attempt. */
const CAMPAIGN_3 = {
  api: 'campaign_3',
  columns: {
    campaign_id: 'text',
    customer_name: 'text',
    customer_last_name: 'text',
    id_type: 'text',
    customer_id: 'text',
    date: 'text',
    telephone: 'text',
    result: 'text',
    opt1: 'text',
    opt2: 'text',
    opt3: 'text',
    opt4: 'text',
    opt5: 'text',
    opt6: 'text',
    opt7: 'text',
    opt8: 'text',
    opt9: 'text',
    opt10: 'text',
    opt11: 'text',
    opt12: 'text',
    conn_id: 'text',
  },
  key: 'date',
  merging: 'concatenate',
} as const satisfies ReportShape;

/** Machine codes, attempt by attempt. */
const CAMPAIGN_4 = {
  api: 'campaign_4',
  columns: BY_RESULT,
  key: 'result',
  sum: 'records',
  merging: 'add',
  percent: 'percent',
} as const satisfies ReportShape;

/** Answering machine detection, totals by campaign. */
const CAMPAIGN_6 = {
  api: 'campaign_6',
  columns: { campaign_id: 'text', total_amd: 'count' },
  key: 'campaign_id',
  sum: 'total_amd',
  merging: 'add',
} as const satisfies ReportShape;

/** Answering machine detection, attempt by attempt. */
const CAMPAIGN_7 = {
  api: 'campaign_7',
  columns: {
    customer_id: 'text',
    campaign_id: 'text',
    file_name: 'text',
    telephone: 'text',
    result: 'text',
    date: 'text',
  },
  key: 'date',
  merging: 'concatenate',
} as const satisfies ReportShape;

/** Machine codes grouped by telephone and result. */
const CAMPAIGN_8 = {
  api: 'campaign_8',
  columns: {
    telephone: 'text',
    total_machine_recognitions: 'count',
    no_answer: 'count',
    answer_machine: 'count',
    busy: 'count',
    congestion: 'count',
    failed: 'count',
  },
  key: 'telephone',
  sum: 'total_machine_recognitions',
  merging: 'add',
} as const satisfies ReportShape;

/** Unconnected calls, one by one. */
const CDR_5 = {
  api: 'cdr_5',
  columns: {
    date: 'text',
    telephone: 'text',
    result: 'text',
    customer_id: 'text',
    campaign_id: 'text',
    conn_id: 'text',
  },
  key: 'date',
  merging: 'concatenate',
} as const satisfies ReportShape;

/** Unconnected calls, by what ended them. */
const CDR_6 = {
  api: 'cdr_6',
  columns: { result: 'text', count: 'count' },
  key: 'result',
  sum: 'count',
  merging: 'add',
} as const satisfies ReportShape;

/** The reports of `reports_manager.php`, by the name that `api` takes. */
export const REPORTS = {
  campaign_1: CAMPAIGN_1,
  campaign_3: CAMPAIGN_3,
  campaign_4: CAMPAIGN_4,
  campaign_6: CAMPAIGN_6,
  campaign_7: CAMPAIGN_7,
  campaign_8: CAMPAIGN_8,
  cdr_5: CDR_5,
  cdr_6: CDR_6,
} as const;

export type ReportName = keyof typeof REPORTS;

/** A row of a report under the API's column names. Counts are numbers, everything else is text as the server sent it. */
export type ReportRow<Name extends ReportName> = RowOf<(typeof REPORTS)[Name]>;

/** The lists of `information.php`. Every value is a text, as in the API. */
export const INFORMATION = {
  campaigns: [
    'campaign_id',
    'campaign_name',
    'campaign_description',
    'type_campaign',
    'status',
    'records',
    'speed',
    'dial_mode',
    'last_use',
    'recycled',
    'turbo_dial',
    'skill_id',
  ],
  token_info: [
    'description',
    'token_limit',
    'token_use_today',
    'all_token_today',
    'available_consumption_options',
  ],
} as const;

export type InformationName = keyof typeof INFORMATION;
export type InformationRow<Name extends InformationName> = {
  readonly [Column in (typeof INFORMATION)[Name][number]]: string;
};

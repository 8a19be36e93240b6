/**
 * The limits of the documented API (seed page, "Cómo funciona"). Each is the default of an operation and can
 * be changed for it; the bounds say how far, and why.
 */
export interface OperationLimits {
  /** Rows one reply may hold ("registros que se pueden bajar por consumo"). */
  readonly max_rows: number;
  /** Records one upload may hold ("registros que se pueden subir por consumo"). */
  readonly max_records: number;
  /** Calendar days of wall time that a window may span. */
  readonly max_window_days: number;
  /** Bytes of one reply's body before compression; 256 MB on the page, read as 256 × 1024² bytes. */
  readonly max_reply_bytes: number;
  /** Time one call may take, waiting included. */
  readonly max_call_ms: number;
  /** Requests that one token may have under way at the same time. */
  readonly max_simultaneous: number;
  /** Calls a day for each licence, counted from midnight of the operation's time zone. */
  readonly calls_per_licence: number;
}

export const DEFAULT_LIMITS: OperationLimits = {
  max_rows: 60_000,
  max_records: 10_000,
  max_window_days: 31,
  max_reply_bytes: 256 * 1024 * 1024,
  max_call_ms: 60_000,
  max_simultaneous: 2,
  calls_per_licence: 1_000,
};

/** How far each limit may be moved: [least, most]. The upper ends keep one reply and one call bounded. */
export const LIMIT_BOUNDS: { readonly [K in keyof OperationLimits]: readonly [number, number] } = {
  max_rows: [1, 1_000_000], // a million rows are about 150 MB of JSON, below the reply limit's own ceiling
  max_records: [1, 100_000], // an upload is one engine block and is held in memory once
  max_window_days: [1, 366], // a year; longer windows are the SDK's to cut
  max_reply_bytes: [1_024, 1024 * 1024 * 1024], // 1 GiB: a reply is held in memory once
  max_call_ms: [1, 600_000], // ten minutes; below a second only tests have a use for it
  max_simultaneous: [1, 64],
  calls_per_licence: [1, 1_000_000],
};

/** Bounds that hold for every operation. */
export const FIELD_LIMITS = {
  telephone_chars: 64,
  attempt_id_chars: 128,
  text_chars: 1_024,
  campaign_id_max: 2 ** 32 - 1,
  /** 2000-01-01T00:00:00Z, first accepted second. Earlier dates are clock faults, not dials. */
  dialed_at_min_s: 946_684_800,
  /** 2100-12-31T23:59:59Z, last accepted second; the engine's DateTime ends in 2106. */
  dialed_at_max_s: 4_133_980_799,
  /** The engine keeps durations as UInt32. */
  duration_max_s: 4_294_967_295,
  /** Ten years, longer than any consent or block lasts; the engine's DateTime, which ends in 2106, holds it. */
  days_block_max: 3_650,
} as const;

/**
 * `create_campaign` refuses once an operation has this many campaigns: a list of them is one reply, of some MB. Campaigns
 * that are created by their first attempt are the dialer's, and have no bound.
 */
export const MAX_CAMPAIGNS = 10_000;

/**
 * Numbers that `create_campaign` gives to campaigns. They are far above those that dialers count up to, because the same
 * number is the same campaign, and fit into a signed integer of 32 bits, as programs keep them.
 */
export const CREATED_CAMPAIGNS = { first: 1_000_000_001, last: 2 ** 31 - 1 } as const;

/**
 * Live tokens of an operation: enough for a token for each of its programs. The bound is needed because a list of them is
 * one reply, and anyone with a token of the scope `admin` can create more.
 */
export const MAX_TOKENS = 1_000;

/**
 * Webhooks of an operation: a dialer, a chat and a mail bridge leave room for more. Each has one connection of its own, so this is
 * also how many an operation may have open at once.
 */
export const MAX_WEBHOOKS = 10;

/** The most undelivered events that a list of webhooks counts. */
export const BEHIND_MAX = 1_000;

/** Largest request body, after decompression; imports have no such limit because they stream. */
export const MAX_BODY_BYTES = 32 * 1024 * 1024;

/** Faults that a refusal lists, besides their number: enough to see what is wrong with a file, in some kilobytes. */
export const MAX_FAULTS = 100;

/** Bounds of the tables of `/v1`. They hold for every operation, whatever its limits of the documented API are. */
export const TABLE_LIMITS = {
  /** A leap year: thirteen partitions, which is as much as one query reads within seconds. */
  max_window_days: 366,
  /** A page that a program draws on a screen. */
  page_rows_default: 1_000,
  /** As many as one reply of the documented API has: some 15 MB of JSON, held in memory once. */
  page_rows_max: 60_000,
  /** Seven years of hours. */
  trend_rows_max: 60_000,
  /** A workbook is made in memory: some hundreds of MB for this many rows. A sheet ends at 1,048,576 anyway. */
  xlsx_rows_max: 100_000,
  /** The engine ends a Parquet file with its index, so it is held in memory once: some 30 MB. */
  parquet_rows_max: 1_000_000,
  /**
   * The longest that a streamed file may hold a session of the engine: a slow reader of a hundred MB needs that. An
   * operation has one such session at a time, and all operations together a few. So slow readers delay streams, not reports.
   */
  stream_max_ms: 600_000,
} as const;

/** Bounds of the preview of an import. */
export const IMPORT_PREVIEW_LIMITS = {
  /** Of the body, and of the text that is read of it: some ten thousand lines, and one record of the largest size. */
  max_bytes: 1024 * 1024,
  /** Attempts that it shows: what a person looks through. */
  rows: 50,
  /** Rejected lines that it shows. */
  rejects: 20,
  /** Columns that it shows: exports of dialers have at most fifty. */
  columns: 200,
  /** Values of a column that it shows: enough to know it again. */
  values: 3,
  /** Characters that it shows of a column's name or value. */
  text_chars: 100,
} as const;

/** Bounds of list hygiene. They hold for every operation. */
export const HYGIENE_LIMITS = {
  /** Rules of an operation: a list of them is one reply, of some hundred KB. */
  rules_max: 100,
  /** Conditions of a rule: each is computed for every telephone. Ten are more than people can keep in mind. */
  conditions_max: 10,
  /** The largest number of attempts that a condition may ask for: more than any telephone is dialed within a year. */
  at_least_max: 1_000,
  /** Ten years, as `days_block` of `add_dnc` has. */
  days_max: 3_650,
  /** Telephones that a preview shows with their evidence: what a person looks through. */
  sample_rows: 100,
  /** Campaigns that a preview or a backtest lists. */
  trial_campaigns: 1_000,
  /** Values of a threshold on either side of the chosen one: what a curve shows on a screen. */
  curve_side: 10,
} as const;

/** Bounds of sign-ins in a browser. */
export const SESSION_LIMITS = {
  /** A working day and its overtime. Who signs in in the morning is not asked again, and a forgotten browser is shut by the next one. */
  lives_ms: 12 * 3_600_000,
  /** Sessions of one token: the browsers of everybody at a desk. The oldest ends where another begins. */
  each_owner: 50,
  /** A link that signs in is opened when it is made, or after a coffee. It signs in once. */
  link_lives_ms: 3_600_000,
} as const;

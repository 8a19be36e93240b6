import type { Caller } from './caller.js';
import { RequestError } from './errors.js';
import { gapsIn, type Manifest } from './manifest.js';
import { Merger } from './merge.js';
import type { Settings } from './options.js';
import type { Platform } from './platform.js';
import { WindowReader } from './read-window.js';
import { REPORTS, type ReportName, type ReportRow, type ReportShape } from './reports.js';
import { asRow, type Values } from './rows.js';
import { parseWallTime } from './wall-time.js';
import { cutRange, MAX_WINDOW_DAYS, type Window } from './window.js';
import { WindowDigest, type WindowRecord, windowRows } from './window-rows.js';

/** The campaign and the range of a report. */
export interface ReportQuery {
  /** A campaign's number, or `all`. */
  readonly campaignId: number | string;
  /**
   * Wall time of the operation: `2026-11-01`, `2026-11-01T08:00:00` or `20261101080000`. Both ends belong to the range. A
   * date as `to` includes its whole day. The range may be longer than the API's 31 days.
   */
  readonly from: string;
  readonly to: string;
  /** Calendar days of one call, 1 to 31. Default 31, which makes the fewest calls. Shorter windows show gaps better. */
  readonly windowDays?: number;
  readonly signal?: AbortSignal;
}

/** What a report uses to read. */
export interface ReportTools {
  readonly caller: Caller;
  readonly settings: Settings;
  readonly platform: Platform;
}

/**
 * A report of a range, as an async iterable of its rows. Each iteration reads from the server again. Rows are always in the
 * report's order, whatever the server is.
 */
export class Report<Name extends ReportName> implements AsyncIterable<ReportRow<Name>> {
  readonly api: Name;
  readonly campaignId: string;
  /** The windows that are read, one after another. */
  readonly windows: readonly Window[];
  readonly #tools: ReportTools;
  readonly #shape: ReportShape;
  readonly #window_days: number;
  readonly #reader: WindowReader;
  #records: readonly WindowRecord[] | undefined;

  /** @throws RequestError when the query is not valid */
  constructor(tools: ReportTools, api: Name, query: ReportQuery) {
    this.api = api;
    this.campaignId = readCampaign(query.campaignId);
    this.#tools = tools;
    this.#shape = REPORTS[api];
    this.#window_days = query.windowDays ?? MAX_WINDOW_DAYS;
    const range = { date_ini: parseWallTime(query.from, 'from'), date_end: parseWallTime(query.to, 'to') };
    this.windows = cutRange(range, this.#window_days);
    if (this.#shape.merging === 'never' && this.windows.length > 1) {
      throw new RequestError(
        `${api} tells how the last attempt at each record ended, so windows of it cannot be added up: ask for one window of at most ${MAX_WINDOW_DAYS} days.`,
      );
    }
    const { caller, settings } = tools;
    this.#reader = new WindowReader(caller, this.#shape, this.campaignId, settings.row_limit, query.signal);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReportRow<Name>, void, undefined> {
    for await (const rows of this.#rows()) {
      for (const row of rows) yield asRow(this.#shape, row) as ReportRow<Name>;
    }
  }

  /** All rows at once. */
  async collect(): Promise<ReportRow<Name>[]> {
    const rows: ReportRow<Name>[] = [];
    for await (const row of this) rows.push(row);
    return rows;
  }

  /** What each window contained when the rows were last read to the end. Reads them if that has not happened yet. */
  async manifest(): Promise<Manifest> {
    if (!this.#records) for await (const _ of this.#rows());
    const windows = this.#records ?? [];
    return {
      manifest: 1,
      base_url: this.#tools.settings.base_url,
      api: this.api,
      campaign_id: this.campaignId,
      date_ini: this.windows[0]?.date_ini ?? '',
      date_end: this.windows.at(-1)?.date_end ?? '',
      window_days: this.#window_days,
      windows,
      warnings: gapsIn(windows),
    };
  }

  /** The rows of one window in the report's order, list by list. It returns the window's record. */
  async *readWindow(window: Window): AsyncGenerator<readonly Values[], WindowRecord, undefined> {
    const digest = new WindowDigest(this.#tools.platform, this.#shape, window);
    for await (const rows of windowRows(this.#reader, this.#shape, window, this.#tools.settings.max_rows)) {
      digest.add(rows);
      yield rows;
    }
    return digest.record();
  }

  async *#rows(): AsyncGenerator<readonly Values[], void, undefined> {
    const whole =
      this.windows.length > 1 && this.#shape.merging === 'add'
        ? new Merger(this.#shape, this.#tools.settings.max_rows)
        : undefined;
    const records: WindowRecord[] = [];
    for (const window of this.windows) {
      const lists = this.readWindow(window);
      let next = await lists.next();
      for (; !next.done; next = await lists.next()) {
        if (whole) whole.add(next.value);
        else yield next.value;
      }
      records.push(next.value);
    }
    this.#records = records;
    if (whole) yield whole.rows();
  }
}

function readCampaign(campaign: number | string): string {
  const text = String(campaign);
  if (/^all$/i.test(text)) return 'all';
  if (/^[1-9]\d{0,9}$/.test(text)) return text;
  throw new RequestError(`campaignId is neither the number of a campaign nor all: ${text}`);
}

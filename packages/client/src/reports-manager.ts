import { Caller, type CallsToday } from './caller.js';
import { InvalidReplyError, RequestError } from './errors.js';
import type { Fetch } from './exchange.js';
import { type ChangedWindow, type Manifest, readManifest, sameRows } from './manifest.js';
import { type ReportsManagerOptions, readOptions, type Settings } from './options.js';
import type { Platform } from './platform.js';
import { Report, type ReportQuery, type ReportTools } from './report-of-range.js';
import { INFORMATION, type InformationName, type InformationRow, type ReportName } from './reports.js';
import { textOf } from './rows.js';
import { parseWallTime } from './wall-time.js';

/** The page's advice: "puede hacer un consumo cada 5 minutos". */
const POLL_EVERY_MS = 300_000;
const LEAST_POLL_MS = 1_000;

/** A signal that cancels a call. */
export interface CancelOptions {
  readonly signal?: AbortSignal;
}

export interface PollOptions extends CancelOptions {
  /** Time between the starts of two readings. Default 300,000, the API's advice. */
  readonly everyMs?: number;
}

/** A client of a Reports Manager API. The exported `ReportsManager` is this class with its platform. */
export class ReportsClient {
  readonly #settings: Settings;
  readonly #platform: Platform;
  readonly #caller: Caller;

  /** @throws RequestError when an option does not have its form */
  constructor(options: ReportsManagerOptions, platform: Platform) {
    this.#settings = readOptions(options);
    this.#platform = platform;
    // `fetch` is looked up with each call: a program may replace it, and a browser's must be called on the global object.
    const send: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
    this.#caller = new Caller(this.#settings, options.token, platform, send);
  }

  /** Machine codes grouped by telephone and result. The counts of all windows are added up by telephone. */
  campaign8(query: ReportQuery): Report<'campaign_8'> {
    return this.report('campaign_8', query);
  }

  /** Machine codes, final result. The range must be one window of at most 31 days. */
  campaign1(query: ReportQuery): Report<'campaign_1'> {
    return this.report('campaign_1', query);
  }

  /** Machine codes, phone by phone: a row for each attempt, by time. */
  campaign3(query: ReportQuery): Report<'campaign_3'> {
    return this.report('campaign_3', query);
  }

  /** Machine codes, attempt by attempt. `percent` is calculated from the whole range. */
  campaign4(query: ReportQuery): Report<'campaign_4'> {
    return this.report('campaign_4', query);
  }

  /** Answering machine detection, totals by campaign. */
  campaign6(query: ReportQuery): Report<'campaign_6'> {
    return this.report('campaign_6', query);
  }

  /** Answering machine detection, attempt by attempt, by time. */
  campaign7(query: ReportQuery): Report<'campaign_7'> {
    return this.report('campaign_7', query);
  }

  /** Unconnected calls, one by one, by time. */
  cdr5(query: ReportQuery): Report<'cdr_5'> {
    return this.report('cdr_5', query);
  }

  /** Unconnected calls, by what ended them. */
  cdr6(query: ReportQuery): Report<'cdr_6'> {
    return this.report('cdr_6', query);
  }

  /** A report by its name in `api`. @throws RequestError when the query is not valid */
  report<Name extends ReportName>(api: Name, query: ReportQuery): Report<Name> {
    return new Report(this.#tools(), api, query);
  }

  /** The campaigns of the operation, or one of them. */
  campaigns(
    options: CancelOptions & { readonly campaignId?: number } = {},
  ): Promise<InformationRow<'campaigns'>[]> {
    const { campaignId, signal } = options;
    return this.#information(
      'campaigns',
      campaignId === undefined ? {} : { campaign: String(campaignId) },
      signal,
    );
  }

  /** The calls of the day, made and left. This request counts as a call too. */
  async tokenInfo({ signal }: CancelOptions = {}): Promise<InformationRow<'token_info'>> {
    const [row] = await this.#information('token_info', {}, signal);
    if (row) return row;
    throw new InvalidReplyError('The reply has no row.');
  }

  /** Calls that were made, and calls that are left today. */
  get calls(): CallsToday {
    return this.#caller.calls;
  }

  /**
   * Reads the windows of a manifest again.
   *
   * @param manifest what `manifest()` returned; it may have been kept as JSON
   * @returns the windows whose rows changed
   * @throws RequestError when it is not a manifest
   */
  async verify(manifest: Manifest, { signal }: CancelOptions = {}): Promise<ChangedWindow[]> {
    const changed: ChangedWindow[] = [];
    for await (const { was, is } of this.compare(manifest, { ...(signal && { signal }) })) {
      if (!sameRows(was, is)) changed.push({ date_ini: was.date_ini, date_end: was.date_end, was, is });
    }
    return changed;
  }

  /** Like `verify`, but yields the earlier and the present record of every window. */
  async *compare(
    manifest: Manifest,
    { signal }: CancelOptions = {},
  ): AsyncGenerator<Pick<ChangedWindow, 'was' | 'is'>, void, undefined> {
    const { api, campaign_id, windows } = readManifest(manifest);
    for (const was of windows) {
      const { date_ini, date_end } = was;
      const range = { campaignId: campaign_id, from: date_ini, to: date_end };
      const report = this.report(api, { ...range, ...(signal && { signal }) });
      const window = { date_ini: parseWallTime(date_ini, 'from'), date_end: parseWallTime(date_end, 'to') };
      const lists = report.readWindow(window);
      let next = await lists.next();
      while (!next.done) next = await lists.next();
      yield { was, is: next.value };
    }
  }

  /**
   * Reads a report again and again, until the signal fires or the loop ends.
   *
   * @param make returns the report to read next; its range may move with time
   */
  async *poll<Name extends ReportName>(
    make: () => Report<Name>,
    { everyMs = POLL_EVERY_MS, signal }: PollOptions = {},
  ): AsyncGenerator<Awaited<ReturnType<Report<Name>['collect']>>, void, undefined> {
    if (!Number.isInteger(everyMs) || everyMs < LEAST_POLL_MS) {
      throw new RequestError(`everyMs is not a whole number from ${LEAST_POLL_MS}: ${everyMs}`);
    }
    const { now_ms, sleep } = this.#platform;
    for (;;) {
      signal?.throwIfAborted();
      const began_ms = now_ms();
      yield await make().collect();
      await sleep(Math.max(0, began_ms + everyMs - now_ms()), signal);
    }
  }

  #tools(): ReportTools {
    return { caller: this.#caller, settings: this.#settings, platform: this.#platform };
  }

  async #information<Name extends InformationName>(
    api: Name,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<InformationRow<Name>[]> {
    const { data } = await this.#caller.get('information.php', { api, ...query }, signal);
    return data.map((row) => informationRow(api, row));
  }
}

/** A column that a server does not have becomes empty. That is safe, because nothing is calculated from these lists. */
function informationRow<Name extends InformationName>(api: Name, row: unknown): InformationRow<Name> {
  if (typeof row !== 'object' || row === null) throw new InvalidReplyError(`A row of ${api} is no object.`);
  const known = row as Record<string, unknown>;
  const entries = INFORMATION[api].map((name) => [name, textOf(known[name]) ?? '']);
  return Object.fromEntries(entries) as InformationRow<Name>;
}

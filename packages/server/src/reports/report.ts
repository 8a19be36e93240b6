import type { ReportDescription } from '@recuento/contract';
import type { Engine } from '../attempts/engine/engine.js';
import type { CallBudget } from './budget.js';
import type { Rows } from './rows.js';
import type { Selection } from './selection.js';

/** What a report needs to run: the engine, what it is about, and the time that it may take. */
export interface ReportRequest {
  readonly engine: Engine;
  readonly selection: Selection;
  readonly budget: CallBudget;
}

/** A page of rows, as the engine wrote them: no row is ever a JavaScript object. Every value is a string. */
export interface ReportPage extends Rows {
  /** What the cursor of the next page holds, when there is one: a key of the report's own. */
  readonly next?: string;
}

/** A report whose rows have a key that they are ordered by. */
export interface Report {
  readonly description: ReportDescription;
  /** Whether its rows contain data of the operation's customers: then it changes when these do. */
  readonly reads_customers: boolean;
  /** Whether `key` is a key of this report: a cursor may contain one of another report. */
  isKey(key: string): boolean;
  /**
   * At most `max_rows` rows from `from` on: the `next` of the last page, or `''` to start. One engine query; `campaign_8` may ask for
   * an estimate before it.
   */
  page(asked: ReportRequest, from: string, max_rows: number): Promise<ReportPage>;
  /** How many rows the whole report has; asked only to say so when it is refused as too long. */
  count(asked: ReportRequest): Promise<number>;
}

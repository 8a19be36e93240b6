import type { ReportDescription } from '@recuento/contract';
import type { Engine } from '../attempts/engine/engine.js';
import type { CallBudget } from './budget.js';
import type { Rows } from './rows.js';
import type { Selection } from './selection.js';

/** Whose statement it is, and what it may take. */
export interface Asked {
  readonly engine: Engine;
  readonly selection: Selection;
  readonly budget: CallBudget;
}

/** A page of rows, as the engine wrote them: no row is ever a JavaScript object. Every value is a string. */
export interface ReportPage extends Rows {
  /** The key of this page's last row when there are rows after it. */
  readonly more_after?: string;
}

/** A report whose rows have one text key that they are ordered by: their first column. */
export interface Report {
  readonly description: ReportDescription;
  /** At most `max_rows` rows after the key `after` (`''` to start). One engine query. */
  page(asked: Asked, after: string, max_rows: number): Promise<ReportPage>;
  /** How many rows the whole report has; asked only to say so when it is refused as too long. */
  count(asked: Asked): Promise<number>;
}

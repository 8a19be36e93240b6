import { IN_ORDER, type Order, orderToSort } from '../../reports/order.js';
import type { ReportRequest } from '../../reports/report.js';

/**
 * How attempts are read for the acts of rules: by telephone, whose groups close as they are read. So a pass takes the same memory for
 * any number of telephones, whatever the conditions and the judgement keep of each.
 */
export const ORDER_OF_RULES: Order = { table: 'held_by_telephone', settings: IN_ORDER };

/**
 * The most attempts that are grouped by hash, where somebody waits for the figures of a rule. Each takes some seventy bytes until its
 * line is judged (measured, with ten to a telephone).
 */
const HASHED_ATTEMPTS_MAX = 12_000_000;

/** How attempts are read for the figures of a rule: by hash, on all cores, where that stays in memory; else as above. */
export function orderOfFigures(asked: ReportRequest): Promise<Order> {
  return orderToSort(asked, HASHED_ATTEMPTS_MAX);
}

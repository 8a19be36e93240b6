import { campaign1 } from './campaign-1.js';
import { campaign3 } from './campaign-3.js';
import { campaign4 } from './campaign-4.js';
import { campaign6 } from './campaign-6.js';
import { campaign7 } from './campaign-7.js';
import { campaign8 } from './campaign-8.js';
import { cdr5 } from './cdr-5.js';
import { cdr6 } from './cdr-6.js';
import type { Report } from './report.js';

/**
 * The reports of `reports_manager.php`, by the value of `api`. A new report is one file and one line here; the documentation
 * lists them in this order.
 */
export const REPORTS: ReadonlyMap<string, Report> = new Map(
  [campaign8, campaign1, campaign3, campaign4, campaign6, campaign7, cdr5, cdr6].map((report) => [
    report.description.api,
    report,
  ]),
);

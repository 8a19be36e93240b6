import { campaign8 } from './campaign-8.js';
import type { Report } from './report.js';

/** The reports of `reports_manager.php`, by the value of `api`. A new report is one file and one line here. */
export const REPORTS: ReadonlyMap<string, Report> = new Map(
  [campaign8].map((report) => [report.description.api, report]),
);

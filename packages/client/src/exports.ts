/** The exports of the package on every platform. */
export type { CallsToday } from './caller.js';
export {
  AuthorizationError,
  ConnectionError,
  InvalidReplyError,
  LimitError,
  type LimitKind,
  NotFoundError,
  ReportsError,
  RequestError,
  ServerError,
  TooLargeError,
} from './errors.js';
export type { ChangedWindow, Gap, Manifest } from './manifest.js';
export type { ReportsManagerOptions } from './options.js';
export type { Report, ReportQuery } from './report-of-range.js';
export type { InformationRow, ReportName, ReportRow } from './reports.js';
export type { CancelOptions, PollOptions } from './reports-manager.js';
export type { Window } from './window.js';
export type { WindowRecord } from './window-rows.js';

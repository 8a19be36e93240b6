/** Internals for `recuento pull`, in addition to the package's public exports. They change whenever that command does. */
export { gapsIn, readManifest, sameRows } from './manifest.js';
export { withPercent } from './merge.js';
export { addressBefore } from './options.js';
export type { Platform } from './platform.js';
export { REPORTS, type ReportShape } from './reports.js';
export { ReportsClient } from './reports-manager.js';
export { asRow, canonicalLine, rowOrder, type Values } from './rows.js';
export { parseWallTime, readable } from './wall-time.js';
export { describeWindow, hasBegun, isOver } from './window.js';

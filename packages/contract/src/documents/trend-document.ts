import { z } from 'zod';
import { cellSchema, tableRowSchema } from '../table.js';
import { TREND_DIMENSION_COLUMNS, trendColumns } from '../tables/trend-columns.js';

const dimensions = Object.fromEntries(
  Object.values(TREND_DIMENSION_COLUMNS).map((column) => [column.name, cellSchema(column).optional()]),
);

/** `GET /v1/trend`. */
export const trendDocumentSchema = z.strictObject({
  trend: z.array(tableRowSchema(trendColumns(undefined)).extend(dimensions).meta({ id: 'trend_row' })),
});

export type TrendDocument = z.output<typeof trendDocumentSchema>;

import { type Endpoint, endpointsWith } from '@recuento/contract';
import { REPORTS } from '../reports/registry.js';

/** Every call of the service. */
export const ENDPOINTS: readonly Endpoint[] = endpointsWith(
  [...REPORTS.values()].map(({ description }) => description),
);

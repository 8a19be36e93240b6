import { openEmbeddedStores } from './embedded.js';
import { openServerStores } from './servers.js';
import type { Start, Stores } from './start.js';

/** Opens the stores in their order, and finishes what a kill left half done. @throws EngineMissing before anything is made */
export function openStores(start: Start): Promise<Stores> {
  const { clickhouse_url, database_url } = start.config;
  // Both or neither: the configuration was checked for that.
  if (clickhouse_url !== undefined && database_url !== undefined) {
    return openServerStores(start, { clickhouse_url, database_url });
  }
  return openEmbeddedStores(start);
}

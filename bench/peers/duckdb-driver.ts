/**
 * What is used of DuckDB's package for Node, which is no dependency of the project: it is loaded when it is there, under
 * a name that neither the compiler nor the search for unlisted packages follows.
 */
export interface DuckDbInstance {
  connect(): Promise<DuckDbConnection>;
  closeSync(): void;
}

export interface DuckDbConnection {
  run(sql: string): Promise<unknown>;
  /** Resolves when all of the result is in this process, in columns: no row is an object yet. */
  runAndReadAll(sql: string): Promise<DuckDbResult>;
  closeSync(): void;
}

interface DuckDbResult {
  getRowsJson(): readonly (readonly unknown[])[];
}

interface DuckDbDriver {
  readonly DuckDBInstance: { create(path: string): Promise<DuckDbInstance> };
}

const PACKAGE: string = '@duckdb/node-api';

/** undefined when the package is not there. */
export async function duckDbDriver(): Promise<DuckDbDriver['DuckDBInstance'] | undefined> {
  const driver: unknown = await import(PACKAGE).catch(() => undefined);
  return isDriver(driver) ? driver.DuckDBInstance : undefined;
}

function isDriver(value: unknown): value is DuckDbDriver {
  return typeof value === 'object' && value !== null && 'DuckDBInstance' in value;
}

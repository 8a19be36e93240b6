import type { Engine } from '../../src/attempts/engine/engine.js';

/** A table like the one of the attempts, and one that is filled from it. */
export async function makeTold(engine: Engine): Promise<void> {
  await engine.command(`CREATE TABLE told (delivery UInt64 EPHEMERAL, brought UInt64 DEFAULT delivery, at DateTime('UTC'),
    kind Enum8('' = 0, 'it''s' = 1), trunk LowCardinality(String), sip Nullable(UInt16), record Map(LowCardinality(String), String))
    ENGINE = ReplacingMergeTree(brought) PARTITION BY toYYYYMM(at) ORDER BY (at, trunk)`);
  await engine.command(`CREATE TABLE held (at DateTime('UTC'), trunk String)
    ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(at) ORDER BY (trunk, at)`);
  await engine.command('CREATE MATERIALIZED VIEW to_held TO held AS SELECT at, trunk FROM told');
}

export async function emptyTold(engine: Engine): Promise<void> {
  for (const table of ['told', 'held']) await engine.command(`TRUNCATE TABLE ${table}`);
}

export const COLUMNS = ['delivery', 'at', 'trunk', 'kind', 'sip', 'record'];
export const NOON_S = Date.UTC(2026, 10, 3, 12) / 1_000;

/** What an insert of them says besides its rows. */
export const INTO = { table: 'told', columns: COLUMNS, partition: 'toYYYYMM(at)', fair_key: 'test' };

interface Row {
  readonly at_s?: number;
  readonly trunk: string;
  readonly kind?: number;
  readonly sip?: number;
  readonly opt1?: string;
}

/** Rows of delivery 7 in `COLUMNS`, as `RowBinary`. */
export function rowsOf(rows: readonly Row[]): Buffer {
  return Buffer.concat(
    rows.map(({ at_s = NOON_S, trunk, kind = 0, sip, opt1 }) => {
      const start = Buffer.alloc(12);
      start.writeBigUInt64LE(7n);
      start.writeUInt32LE(at_s, 8);
      const told = sip === undefined ? [1] : [0, sip % 256, Math.floor(sip / 256)];
      const record = opt1 === undefined ? [Buffer.from([0])] : [Buffer.from([1]), text('opt1'), text(opt1)];
      return Buffer.concat([start, text(trunk), Buffer.from([kind, ...told]), ...record]);
    }),
  );
}

/** Of up to 16,383 bytes. */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const { length } = bytes;
  return Buffer.concat([Buffer.from(length < 128 ? [length] : [128 + (length % 128), length >> 7]), bytes]);
}

/** Rows of so many months in a row. */
export function months(count: number): Row[] {
  return Array.from({ length: count }, (_, n) => ({
    at_s: Date.UTC(2001, count - n, 5) / 1_000,
    trunk: String(n),
  }));
}

/** What a statement writes, as tab separated values. */
export async function ask(engine: Engine, sql: string): Promise<string> {
  const sent = `${sql} FORMAT TSV`;
  return (await engine.read({ sql: sent, fair_key: 'test', max_ms: 60_000 })).toString().trim();
}

export function stored(engine: Engine): Promise<string> {
  return ask(engine, 'SELECT brought, trunk, toString(kind), sip, toString(record) FROM told ORDER BY trunk');
}

import type { Operation } from '../../accounts/operations.js';
import type { GiveTurn } from '../../admission/turns.js';
import type { Engine, SqlParams } from '../../attempts/engine/engine.js';
import { EVIDENCE_S } from '../attempt-kinds.js';
import type { ChanceRequest } from '../chance/asked.js';
import { lineSql } from '../spellings/line-sql.js';
import { type NumberPlan, numberPlanOf } from '../spellings/number-plan.js';

/** A statement of learning may take as long as the longest stream of it needs: some seconds for ten million attempts. */
const STATEMENT_MAX_MS = 120_000;

/** An operation, and how its telephones are written. */
export type Numbered = Pick<Operation, 'id' | 'numbering'>;

/** What an operation's attempts are read with, to learn from them: those from `from_s` on and before `until_s`. */
export class Learning {
  readonly operation_id: number;
  readonly until_s: number;
  readonly give_turn: GiveTurn;
  /** How telephones are brought to lines. */
  readonly number_plan: NumberPlan | undefined;
  readonly #engine: Engine;

  constructor(engine: Engine, { id, numbering }: Numbered, until_s: number, give_turn: GiveTurn) {
    this.operation_id = id;
    this.until_s = until_s;
    this.give_turn = give_turn;
    this.number_plan = numberPlanOf(numbering);
    this.#engine = engine;
  }

  get from_s(): number {
    return Math.max(0, this.until_s - EVIDENCE_S);
  }

  /** The same for what learns chances. Days and hours are none of its business. */
  get chance(): ChanceRequest {
    return {
      engine: this.#engine,
      operation_id: this.operation_id,
      time_zone: 'UTC',
      lines: lineSql(this.number_plan),
      budget: { engine: () => ({ max_ms: STATEMENT_MAX_MS }) },
      give_turn: this.give_turn,
    };
  }

  /** The condition of all statements, on columns of the key: exact as PREWHERE beside FINAL. */
  where({ from_s = this.from_s, until_s = this.until_s } = {}): {
    readonly sql: string;
    readonly params: SqlParams;
  } {
    return {
      sql: `operation_id = {operation_id:UInt32} AND dialed_at >= toDateTime({from_s:UInt32})
        AND dialed_at < toDateTime({until_s:UInt32})`,
      params: { operation_id: this.operation_id, from_s, until_s },
    };
  }

  read(sql: string, params: SqlParams, settings: Readonly<Record<string, number>> = {}): Promise<Buffer> {
    const { operation_id } = this;
    const fair_key = `operation ${operation_id}`;
    return this.#engine.read({ sql, params, settings, fair_key, lane: 'long', max_ms: STATEMENT_MAX_MS });
  }

  /** The rows of a statement with FORMAT JSONCompactEachRow, in turns. */
  async *rows(sql: string, params: SqlParams): AsyncGenerator<unknown[]> {
    const text = await this.read(`${sql} FORMAT JSONCompactEachRow`, params);
    let from = 0;
    while (from < text.length) {
      await this.give_turn();
      const end = text.indexOf(0x0a, Math.min(text.length, from + TURN_BYTES));
      const until = end < 0 ? text.length : end + 1;
      for (const line of text.toString('utf8', from, until).split('\n')) {
        if (line !== '') yield JSON.parse(line);
      }
      from = until;
    }
  }
}

/** Bytes that are read in one turn: some milliseconds. */
const TURN_BYTES = 100_000;

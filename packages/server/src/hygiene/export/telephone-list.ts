import type { EngineSettings, SqlParams } from '../../attempts/engine/engine.js';
import type { Only } from '../verdicts-table.js';

/** A statement without a FORMAT clause. */
export interface ListStatement {
  readonly sql: string;
  readonly params: SqlParams;
  readonly settings: EngineSettings;
}

/** Telephones to hand to a dialer, as the engine selects them: none of them comes into this process. */
export interface TelephoneList {
  /**
   * Those for which a condition holds, in the order of their bytes.
   *
   * @param columns SQL over `telephone` and `days_block` (for how many days it shall be blocked, 1 to 3,650)
   */
  select(columns: string, where: Only): ListStatement;
  /** Conditions that select the telephones after one, part by part, in their order; a part costs what it holds. */
  parts(after: string): AsyncIterable<Only>;
}

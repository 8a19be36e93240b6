import type { Language } from '@recuento/contract';
import { EVIDENCE_S } from '../attempt-kinds.js';
import { chanceSql } from '../chance/chance.js';
import { faultSql } from '../faults/fault-sql.js';
import type { Knowledge } from '../knowledge/knowledge.js';
import { lineSql } from '../spellings/line-sql.js';
import { deathOf } from './death.js';
import { ATTEMPTS, type Judged, type Judgement } from './judgement.js';
import { NEEDED } from './needed.js';
import { PACKED_HISTORY, packedSql } from './packed.js';
import { verdictOf } from './verdict.js';

/** At which moment, and for whom. */
export interface Judging {
  /** Seconds since 1970 UTC; attempts of that second are known. */
  readonly as_of_s: number;
  /** The operation's: days are those of its clock. */
  readonly time_zone: string;
  /** Of the reasons. */
  readonly language: Language;
  /** The campaign that would dial next, for the probability; absent: the one that dialed each telephone last. */
  readonly campaign_id?: number | undefined;
}

/** What is known at the moment. */
export function judgedBy(knowledge: Knowledge, judging: Judging): Judged {
  const { in_fault, params } = faultSql(knowledge.faults);
  return { judgement: judgementOf(knowledge, judging), in_fault: { sql: in_fault, params } };
}

/** All that is said of a telephone. */
export function judgementOf(
  { faults, trust, chance, number_plan }: Knowledge,
  { as_of_s, time_zone, language, campaign_id }: Judging,
): Judgement {
  const in_faults = faultSql(faults);
  const chances = chanceSql(chance, campaign_id, PACKED_HISTORY);
  const lines = lineSql(number_plan);
  const death = deathOf(trust, lines.network);
  const verdict = verdictOf(trust.sure_from, time_zone, language);
  const packed = `groupArrayIf(${packedSql(in_faults)}, dialed_at <= toDateTime({as_of:UInt32})) AS ${ATTEMPTS}`;
  const in_order = [`arraySort(${ATTEMPTS}) AS j_all`];
  return {
    lines,
    aggregates: [packed, ...chances.aggregates],
    layers: [
      in_order,
      // Side by side where they can be: each statement around another costs the engine time to read.
      ...sideBySide(death.layers, [verdict.columns, ...verdict.counts], chances.layers),
      ...verdict.verdict,
      // Four digits, so that the same number comes back from a cursor.
      [...verdict.reason, 'round(probability, 4) AS v_probability'],
    ],
    verdict_alone: {
      aggregates: [packed],
      layers: [in_order, ...sideBySide(death.layers, verdict.counts), ...verdict.verdict],
    },
    needed: NEEDED,
    params: {
      ...lines.params,
      ...in_faults.params,
      ...death.params,
      ...verdict.params,
      ...chances.params,
      as_of: as_of_s,
      evidence_from: Math.max(0, as_of_s - EVIDENCE_S),
    },
  };
}

/**
 * Layers of parts that need nothing of each other within a layer: the last of each together, the last but one, and so on, so that
 * what a short part finds is carried through few statements.
 */
function sideBySide(...parts: readonly Judgement['layers'][]): string[][] {
  const count = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: count }, (_, at) =>
    parts.flatMap((layers) => layers[at - count + layers.length] ?? []),
  );
}

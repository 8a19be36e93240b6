import { IN_ORDER } from '../../reports/order.js';
import { type ChanceRequest, eachLine, linesOf, readLines } from './asked.js';
import { KINDS } from './attempt-kind.js';
import type { Dialed } from './campaigns.js';
import { linesParams, linesSql } from './cells.js';
import { type Chance, weightsParam } from './chance.js';
import type { Prior } from './drawn.js';
import { FEATURE_VALUES } from './features.js';
import { type Cells, fitWeights } from './fit-weights.js';
import { eachAttempt, FIGURES } from './history.js';
import { BAND_FIGURES, BAND_PART, HOUR_VALUES, LIKING_LEVELS, LIKING_VALUES } from './hour-features.js';
import { LOGIT, WEIGHTS } from './layout.js';

/** What hours and weekdays add to a chance. */
export interface Hours {
  readonly weights: Float64Array;
  /** The hours that were dialed at all, as `slotOf` numbers them, in order. */
  readonly dialed: readonly number[];
}

/** An hour of the week; weekday 1 is Monday. */
export function slotOf(weekday: number, hour: number): number {
  return (weekday - 1) * 24 + hour;
}

const [HOUR_OFFSET, DAY_OFFSET, SLOT_OFFSET, LIKING_OFFSET] = [1, 25, 32, 200] as const;

/** Hours differ less than telephones do, and an hour of a weekday from that hour of others least. */
const PRIOR: Prior = {
  mean: 0,
  precision: 1,
  blocks: [
    { offset: HOUR_OFFSET, size: 24, precision: 10, ordered: true },
    { offset: DAY_OFFSET, size: 7, precision: 20, ordered: false },
    { offset: SLOT_OFFSET, size: 168, precision: 50, ordered: false },
    { offset: LIKING_OFFSET, size: LIKING_LEVELS, precision: 10, ordered: true },
  ],
};
const ACTIVE = 5;

function activeOf(slot: number, liking: number): readonly number[] {
  const [weekday, hour] = [Math.floor(slot / 24), slot % 24];
  return [0, HOUR_OFFSET + hour, DAY_OFFSET + weekday, SLOT_OFFSET + slot, LIKING_OFFSET + liking];
}

/** What is added to the logit of a telephone with this liking of the hour. */
export function addedAt({ weights }: Hours, slot: number, liking: number): number {
  return activeOf(slot, liking).reduce((sum, at) => sum + (weights[at] ?? 0), 0);
}

/** Logits come as whole numbers from 0 on. */
export const LOGIT_SHIFT = 30;
export const LOGIT_SCALE = 1_000;

/** A week has 168 hours, and logits lie within some ten: there are far fewer. */
const CELLS_MAX = 200_000;

/**
 * What the hours add to the chances, told by the same attempts.
 *
 * @param dialed what the chance was trained of
 */
export async function trainHours(
  asked: ChanceRequest,
  chance: Chance,
  dialed: Dialed,
  from_s: number,
): Promise<Hours> {
  const each = eachAttempt(
    { ...FIGURES, ...BAND_FIGURES },
    `SELECT *, ${BAND_PART} FROM (${linesSql(asked.lines)})`,
  );
  const values = [...FEATURE_VALUES, ...LIKING_VALUES].join(', ');
  const written = await readLines(
    asked,
    `SELECT toUInt32(round((avg(c_logit) + ${LOGIT_SHIFT}) * ${LOGIT_SCALE})), c_weekday, c_hour, c_liking,
       count() AS attempts, countIf(c_kind = ${KINDS.person})
     FROM (SELECT c_kind, ${HOUR_VALUES.join(', ')}, ${LOGIT} AS c_logit FROM (
       SELECT c_kind, c_campaign, c_at, ${WEIGHTS}, ${values} FROM (${each}) WHERE c_at > {from_s:UInt32}))
     GROUP BY round(c_logit * 10), c_weekday, c_hour, c_liking
     ORDER BY attempts DESC, 1, 2, 3, 4 LIMIT ${CELLS_MAX}`,
    {
      ...linesParams(asked, dialed, chance.trained_until_s),
      ...weightsParam(chance),
      from_s: Math.max(0, from_s),
      time_zone: asked.time_zone,
    },
    IN_ORDER,
  );
  const { cells, slots } = await hourCells(written, asked);
  return {
    weights: await fitWeights(cells, PRIOR, asked.give_turn),
    dialed: [...slots].sort((one, other) => one - other),
  };
}

async function hourCells(
  written: Buffer,
  { give_turn }: ChanceRequest,
): Promise<{ readonly cells: Cells; readonly slots: ReadonlySet<number> }> {
  const count = linesOf(written);
  const slots = new Set<number>();
  const cells = {
    count,
    width: ACTIVE,
    active: new Uint16Array(count * ACTIVE),
    attempts: new Float64Array(count),
    reached: new Float64Array(count),
    offsets: new Float64Array(count),
  };
  await eachLine(
    written,
    6,
    give_turn,
    ([logit = 0, weekday = 1, hour = 0, liking = 0, n = 0, r = 0], line) => {
      const slot = slotOf(weekday, hour);
      slots.add(slot);
      cells.active.set(activeOf(slot, liking), line * ACTIVE);
      cells.offsets[line] = logit / LOGIT_SCALE - LOGIT_SHIFT;
      cells.attempts[line] = n;
      cells.reached[line] = r;
    },
  );
  return { cells, slots };
}

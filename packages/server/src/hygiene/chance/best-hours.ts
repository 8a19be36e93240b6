import type { SqlParams } from '../../attempts/engine/engine.js';
import { IN_ORDER } from '../../reports/order.js';
import { ofOneLine } from '../spellings/line-sql.js';
import { type ChanceRequest, eachLine, readLines } from './asked.js';
import { type Chance, placeParam, toLogit, weightsParam } from './chance.js';
import { chanceOf } from './fit-weights.js';
import { afterAll, campaignParams, GATHERED } from './history.js';
import { BAND_FIGURES, BAND_PART, bandOf, LIKING_NAMES, LIKING_VALUES } from './hour-features.js';
import { addedAt, type Hours, LOGIT_SCALE, LOGIT_SHIFT, slotOf, trainHours } from './hours.js';
import { train, trainedFrom } from './train-chance.js';

/** Whose best hours: a telephone's, or those of all telephones that a campaign (or any) dialed. */
export interface WhoseHours {
  readonly campaign_id: number | undefined;
  readonly telephone: string | undefined;
}

/** An hour of the week, as the operation's clocks show it. */
export interface BestHour {
  /** 1 is Monday. */
  readonly weekday: number;
  readonly hour: number;
  /** How many attempts were dialed in it, of those that are asked about. */
  readonly attempts: number;
  /** That an attempt in it reaches a person. */
  readonly probability: number;
}

/**
 * The probability of each hour of the week in which the operation dials, for what was known at a moment.
 *
 * @param as_of_s in seconds since 1970
 * @throws RecuentoError report-timeout
 */
export async function bestHours(
  asked: ChanceRequest,
  whose: WhoseHours,
  as_of_s: number,
): Promise<BestHour[]> {
  const { chance, dialed } = await train(asked, as_of_s);
  const from_s = trainedFrom(as_of_s);
  const hours = await trainHours(asked, chance, dialed, from_s);
  const attempts = await attemptsByHour(asked, whose, from_s, as_of_s);
  const telephones = await readTelephones(asked, whose, chance);
  const total = telephones.reduce((sum, { count }) => sum + count, 0);
  return hours.dialed.map((slot) => ({
    weekday: Math.floor(slot / 24) + 1,
    hour: slot % 24,
    attempts: attempts.get(slot) ?? 0,
    probability: total === 0 ? 0 : summedChance(telephones, hours, slot) / total,
  }));
}

/** Telephones that are alike: their logit without an hour, and how they like each part of the day. */
interface Alike {
  readonly count: number;
  readonly logit: number;
  readonly likings: readonly number[];
}

function summedChance(telephones: readonly Alike[], hours: Hours, slot: number): number {
  const band = bandOf(slot % 24);
  return telephones.reduce(
    (sum, { count, logit, likings }) =>
      sum + count * chanceOf(logit + addedAt(hours, slot, likings[band] ?? 0)),
    0,
  );
}

/** Logits in steps of a tenth, and nine likings of four parts of the day: in practice some thousands. */
const ALIKE_MAX = 50_000;

/** The parameters of the blanks `telephone` and `campaign_id`, where they are asked about. */
function whoseParams({ campaign_id, telephone }: WhoseHours): SqlParams {
  return {
    ...(campaign_id !== undefined && { campaign_id }),
    ...(telephone !== undefined && { telephone }),
  };
}

/** The telephones that are asked about: each by the attempts of all campaigns. A telephone that was never dialed has none. */
async function readTelephones(asked: ChanceRequest, whose: WhoseHours, chance: Chance): Promise<Alike[]> {
  const one = whose.telephone !== undefined;
  const params = {
    ...campaignParams(chance.campaigns),
    ...weightsParam(chance),
    ...placeParam(chance, whose.campaign_id),
    ...whoseParams(whose),
    ...asked.lines.params,
    as_of: chance.trained_until_s,
    time_zone: asked.time_zone,
  };
  const of_campaign =
    !one && whose.campaign_id !== undefined ? 'HAVING countIf(campaign_id = {campaign_id:UInt32}) > 0' : '';
  const telephones = `SELECT ${GATHERED} FROM held_by_telephone FINAL
    PREWHERE operation_id = {operation_id:UInt32} AND dialed_at <= toDateTime({as_of:UInt32})
    ${one ? ofLine(asked) : `GROUP BY ${asked.lines.line} ${of_campaign}`}`;
  const layers = toLogit(undefined, {
    figures: [BAND_PART],
    features: [...afterAll(BAND_FIGURES), ...LIKING_VALUES],
  });
  const written = await readLines(
    asked,
    `SELECT count() AS telephones, toUInt32(round((avg(c_logit) + ${LOGIT_SHIFT}) * ${LOGIT_SCALE})), ${LIKING_NAMES.join(', ')}
     FROM (${layers.reduce((inner, layer) => `SELECT *, ${layer.join(', ')} FROM (${inner})`, telephones)})
     GROUP BY round(c_logit * 10), ${LIKING_NAMES.join(', ')}
     ORDER BY telephones DESC, 2, ${LIKING_NAMES.join(', ')} LIMIT ${ALIKE_MAX}`,
    params,
    one ? {} : IN_ORDER,
  );
  const alike: Alike[] = [];
  await eachLine(written, 2 + LIKING_NAMES.length, asked.give_turn, ([count = 0, logit = 0, ...likings]) => {
    alike.push({ count, logit: logit / LOGIT_SCALE - LOGIT_SHIFT, likings });
  });
  return alike;
}

/** Conditions behind others of a PREWHERE: attempts of the line of `{telephone:String}`. */
function ofLine({ lines }: ChanceRequest): string {
  const { in_key, exactly } = ofOneLine(lines);
  return `AND ${in_key} WHERE ${exactly}`;
}

async function attemptsByHour(
  asked: ChanceRequest,
  whose: WhoseHours,
  from_s: number,
  as_of_s: number,
): Promise<ReadonlyMap<number, number>> {
  const conditions = [
    'operation_id = {operation_id:UInt32}',
    ...(whose.campaign_id === undefined ? [] : ['campaign_id = {campaign_id:UInt32}']),
    'dialed_at > toDateTime({from_s:UInt32})',
    'dialed_at <= toDateTime({as_of:UInt32})',
  ];
  const table = whose.telephone === undefined ? 'held_by_campaign' : 'held_by_telephone';
  const written = await readLines(
    asked,
    `SELECT toDayOfWeek(dialed_at, 0, {time_zone:String}) AS weekday, toHour(dialed_at, {time_zone:String}) AS hour, count()
     FROM ${table} FINAL PREWHERE ${conditions.join(' AND ')} ${whose.telephone === undefined ? '' : ofLine(asked)}
     GROUP BY weekday, hour`,
    {
      ...whoseParams(whose),
      ...asked.lines.params,
      time_zone: asked.time_zone,
      from_s: Math.max(0, from_s),
      as_of: as_of_s,
    },
  );
  const attempts = new Map<number, number>();
  await eachLine(written, 3, asked.give_turn, ([weekday = 1, hour = 0, count = 0]) => {
    attempts.set(slotOf(weekday, hour), count);
  });
  return attempts;
}

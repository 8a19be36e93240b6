import type { Attempt } from '@recuento/contract';
import { type Slot, slotsOf } from './calendar.js';
import { Calls } from './calls.js';
import { Campaigns } from './campaigns.js';
import { idPrefix } from './ids.js';
import { Lines } from './lines.js';
import { otherSpelling, telephoneAt } from './numbers.js';
import { checkOptions, type GenerateOptions } from './options.js';
import type { Outcome } from './outcomes.js';
import { personOf } from './people.js';
import { Random } from './random.js';
import type { Telephones } from './telephones.js';
import { TRUNKS } from './trunk-names.js';
import { Trunks } from './trunks.js';

/** As many as one upload of the documented API may hold. */
export const BATCH_ATTEMPTS = 10_000;
/** Share of the attempts that are delivered twice, and the most that wait for their second delivery. */
const DELIVERED_TWICE_SHARE = 0.03;
const WAITING_MAX = 500;
/** Attempts of one agent in a month: 400 a day, 22 days. */
const ATTEMPTS_PER_AGENT = 8_800;

/**
 * Generates the attempts of an operation, in batches of at most 10,000 and in rough order of time (`dialed_at` in
 * seconds since 1970 UTC; the working hours are Bogota's). About 3 % come twice: the second time unchanged, up to some
 * tens of thousands of attempts later, and mostly in another batch.
 *
 * Pure: the same options give the same batches. Keeps one batch and nine bytes a telephone in memory.
 *
 * @throws RangeError when an option is out of its bounds
 */
export function* generate(options: GenerateOptions): Generator<Attempt[], void, undefined> {
  checkOptions(options);
  let batch: Attempt[] = [];
  for (const attempt of deliveriesOf(options)) {
    batch.push(attempt);
    if (batch.length < BATCH_ATTEMPTS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function* deliveriesOf(options: GenerateOptions): Generator<Attempt> {
  const random = new Random(options.seed, 2);
  const waiting: Attempt[] = [];
  for (const attempt of attemptsOf(options, random)) {
    yield attempt;
    if (random.chance(DELIVERED_TWICE_SHARE)) waiting.push(attempt);
    if (waiting.length > WAITING_MAX) yield* waiting.splice(random.below(waiting.length), 1);
  }
  yield* waiting;
}

function* attemptsOf(options: GenerateOptions, random: Random): Generator<Attempt> {
  const lines = new Lines(options);
  const campaigns = new Campaigns(options.campaigns, lines.telephones.count);
  const trunks = new Trunks(options);
  const calls = new Calls(options, lines);
  const agents = Math.max(5, Math.round(options.attempts / ATTEMPTS_PER_AGENT));
  const id_prefix = idPrefix(options);
  let made = 0;
  for (const slot of slotsOf(options)) {
    for (let index = 0; index < slot.attempts; index += 1) {
      const dialed_at = instantIn(slot, index, random);
      const campaign = campaigns.draw(random);
      const telephone = campaigns.drawTelephone(campaign, random);
      made += 1;
      const trunk = trunks.of(made);
      const outcome = calls.make({ campaign, telephone, trunk, dialed_at, day: slot.day }, random);
      yield {
        attempt_id: id_prefix + made.toString(36),
        campaign_id: campaigns.idOf(campaign),
        telephone: spelled(telephone, lines.telephones, random),
        dialed_at,
        trunk: trunks.isTold(made) ? TRUNKS[trunk]?.name : undefined,
        ...outcome,
        ...personOf(telephone),
        ...agentOf(outcome, agents, random),
      };
    }
  }
}

/** The attempts of an hour follow each other evenly, each a little early or late. */
function instantIn(slot: Slot, index: number, random: Random): number {
  return slot.from_s + Math.floor(((index + random.unit()) / slot.attempts) * slot.length_s);
}

function spelled(index: number, telephones: Telephones, random: Random): string {
  return telephones.hasTwoSpellings(index) && random.chance(0.5) ? otherSpelling(index) : telephoneAt(index);
}

/** Results of calls in which an agent spoke to a person. */
const TALKED = new Set<Outcome['result']>(['answer', 'recall', 'do_not_call']);

function agentOf(outcome: Outcome, agents: number, random: Random): { agent_id?: string } {
  if (!TALKED.has(outcome.result)) return NO_AGENT;
  return { agent_id: String(1_000 + random.below(agents)) };
}

const NO_AGENT = {};

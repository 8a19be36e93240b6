import type { ChanceRequest } from './asked.js';
import { type Dialed, readDialed } from './campaigns.js';
import { type NumberedCells, readCells } from './cells.js';
import type { Chance } from './chance.js';
import { fitWeights } from './fit-weights.js';
import { priorOf } from './layout.js';

/** What people do changes with the season. Histories go as far back as there are attempts. */
const TRAINING_DAYS = 92;

/** Attempts after this moment are trained with, in seconds since 1970. */
export function trainedFrom(until_s: number): number {
  return until_s - TRAINING_DAYS * 86_400;
}

/**
 * What the attempts at or before a moment tell about the next one. Each attempt is looked at with what was known before it, so
 * nothing is learned from the future. With few attempts it tells little more than the campaign's rate, or the operation's.
 *
 * @param until_s in seconds since 1970
 * @throws RecuentoError report-timeout
 */
export async function trainChance(asked: ChanceRequest, until_s: number): Promise<Chance> {
  return (await train(asked, until_s)).chance;
}

/** What it was made of, too. */
export async function train(
  asked: ChanceRequest,
  until_s: number,
): Promise<{ readonly chance: Chance; readonly cells: NumberedCells; readonly dialed: Dialed }> {
  const dialed = await readDialed(asked, until_s);
  const cells = await readCells(asked, dialed, { from_s: trainedFrom(until_s), until_s });
  const { campaigns } = dialed;
  const weights = await fitWeights(cells, priorOf(cells, campaigns.length), asked.give_turn);
  return { chance: { trained_until_s: until_s, campaigns, weights }, cells, dialed };
}

import { Activity } from './activity.js';
import { WeightedIndex } from './alias.js';
import type { Random } from './random.js';

const FIRST_CAMPAIGN_ID = 1_001;
/** A campaign's list is this much larger than its share of the telephones, so neighbours overlap. */
const OVERLAP = 1.3;

const PURPOSES = ['Cobranza', 'Ventas', 'Renovación', 'Encuesta', 'Bienvenida', 'Reactivación'] as const;
const PLACES = ['Bogotá', 'Medellín', 'Cali', 'Barranquilla', 'Eje Cafetero'] as const;

/** The names of `count` campaigns by campaign_id, from 1001 on: "Cobranza Bogotá", "Ventas Medellín". */
export function campaignNames(count: number): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (let index = 0; index < count; index += 1) {
    // Six and five have no common factor: thirty pairs differ before names need a number.
    const round = Math.floor(index / (PURPOSES.length * PLACES.length));
    const name = `${PURPOSES[index % PURPOSES.length]} ${PLACES[index % PLACES.length]}`;
    names.set(FIRST_CAMPAIGN_ID + index, round === 0 ? name : `${name} ${round + 1}`);
  }
  return names;
}

/** Chooses campaigns and the telephones that they dial. The telephones lie on a ring, and a campaign's list is an arc. */
export class Campaigns {
  readonly #telephones: number;
  readonly #choice: WeightedIndex;
  readonly #arcs: readonly { readonly start: number; readonly length: number }[];
  readonly #activity = new Activity();

  constructor(count: number, telephones: number) {
    // The first campaign is the largest, about twice the last.
    const weights = Array.from({ length: count }, (_, index) => 2 - index / count);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    let passed = 0;
    this.#telephones = telephones;
    this.#choice = new WeightedIndex(weights);
    this.#arcs = weights.map((weight) => {
      const start = (passed / total) * telephones;
      passed += weight;
      return { start, length: Math.min(telephones, (weight / total) * telephones * OVERLAP) };
    });
  }

  /** The index of a campaign, from 0. */
  draw(random: Random): number {
    return this.#choice.draw(random);
  }

  /** The index of a telephone on the campaign's list, weighted by how often the campaign dials it. */
  drawTelephone(campaign: number, random: Random): number {
    const arc = this.#arcs[campaign] ?? { start: 0, length: this.#telephones };
    return Math.floor(arc.start + this.#activity.draw(random) * arc.length) % this.#telephones;
  }

  idOf(campaign: number): number {
    return FIRST_CAMPAIGN_ID + campaign;
  }
}

/** The index of a campaign, from 0. */
export function campaignIndex(campaign_id: number): number {
  return campaign_id - FIRST_CAMPAIGN_ID;
}

/** What a campaign's purpose does to the odds that somebody picks up: who owes money picks up less. */
export function pullOf(campaign: number): number {
  return PULL[campaign % PULL.length] ?? 1;
}

const PULL = [0.75, 0.9, 1.1, 1, 1.5, 1.05];

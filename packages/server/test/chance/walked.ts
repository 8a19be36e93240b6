import { type Attempt, MACHINE_CODES, type MachineCode } from '@recuento/contract';

/** An attempt with what a plain look at the earlier attempts of its telephone tells. */
export interface Walked {
  readonly campaign_id: number;
  readonly dialed_at: number;
  readonly is_reached: boolean;
  /** Earlier attempts, how many of them reached a person, and how many came since the last that did. */
  readonly attempts: number;
  readonly reached: number;
  readonly streak: number;
  readonly last: MachineCode | 'none';
  readonly days_since_last: number;
}

const PEOPLE: ReadonlySet<MachineCode> = new Set(['answer', 'abandon', 'recall', 'do_not_call']);

/** Each attempt once, in order of time, by a program that shares nothing with the service. */
export function walked(delivered: readonly Attempt[]): Walked[] {
  const known = new Map<
    string,
    { attempts: number; reached: number; streak: number; last: MachineCode; at: number }
  >();
  const seen = new Set<string>();
  const rows: Walked[] = [];
  const in_order = delivered.filter(({ attempt_id }) => !seen.has(attempt_id) && seen.add(attempt_id));
  in_order.sort((one, other) => one.dialed_at - other.dialed_at);
  for (const { telephone, campaign_id, dialed_at, result, amd } of in_order) {
    const is_reached = PEOPLE.has(result) && amd !== 'machine';
    const past = known.get(telephone);
    const { attempts, reached, streak } = past ?? { attempts: 0, reached: 0, streak: 0 };
    const days_since_last = past === undefined ? 30 : Math.min(30, (dialed_at - past.at) / 86_400);
    rows.push({
      campaign_id,
      dialed_at,
      is_reached,
      attempts,
      reached,
      streak,
      last: past?.last ?? 'none',
      days_since_last,
    });
    known.set(telephone, {
      attempts: attempts + 1,
      reached: reached + (is_reached ? 1 : 0),
      streak: is_reached ? 0 : streak + 1,
      last: result,
      at: dialed_at,
    });
  }
  return rows;
}

/** A way to say probabilities, learned from some attempts. */
type Said = (row: Walked) => number;

/** Mean squared distance between what was said and what happened. */
export function brier(rows: readonly Walked[], said: Said): number {
  return rows.reduce((sum, row) => sum + ((row.is_reached ? 1 : 0) - said(row)) ** 2, 0) / rows.length;
}

/** The rate of each campaign. */
export function rateOfCampaign(known: readonly Walked[]): Said {
  const rates = ratesBy(known, ({ campaign_id }) => String(campaign_id));
  return ({ campaign_id }) => rates.get(String(campaign_id))?.rate ?? 0;
}

/** A plain table of (times reached, attempts, last code); the campaign's rate counts like three attempts of each entry. */
export function plainTable(known: readonly Walked[]): Said {
  const keyOf = ({ reached, attempts, last }: Walked) => `${reached} ${attempts} ${last}`;
  const rates = ratesBy(known, keyOf);
  const base = rateOfCampaign(known);
  return (row) => {
    const { rate = 0, attempts = 0 } = rates.get(keyOf(row)) ?? {};
    return (rate * attempts + base(row) * 3) / (attempts + 3);
  };
}

function ratesBy(rows: readonly Walked[], keyOf: (row: Walked) => string) {
  const rates = new Map<string, { attempts: number; rate: number }>();
  for (const row of rows) {
    const { attempts, rate } = rates.get(keyOf(row)) ?? { attempts: 0, rate: 0 };
    rates.set(keyOf(row), {
      attempts: attempts + 1,
      rate: (rate * attempts + (row.is_reached ? 1 : 0)) / (attempts + 1),
    });
  }
  return rates;
}

/** A logistic regression on the figures as they are, the last code and the campaign. */
export function plainRegression(known: readonly Walked[]): Said {
  const campaigns = [...new Set(known.map(({ campaign_id }) => campaign_id))];
  const featuresOf = (row: Walked): number[] => [
    1,
    row.attempts,
    row.reached,
    row.streak,
    row.days_since_last,
    ...MACHINE_CODES.map((code) => (row.last === code ? 1 : 0)),
    ...campaigns.slice(1).map((campaign) => (row.campaign_id === campaign ? 1 : 0)),
  ];
  const weights: number[] = featuresOf({ ...(known[0] as Walked) }).map(() => 0);
  const said: Said = (row) =>
    1 / (1 + Math.exp(-featuresOf(row).reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)));
  for (let round = 0; round < 8; round += 1) {
    const gradient = weights.map((weight) => -1e-3 * weight);
    const curvature = weights.map((_, at) => weights.map((__, other) => (at === other ? 1e-3 : 0)));
    for (const row of known) {
      const features = featuresOf(row);
      const chance = said(row);
      for (const [at, value] of features.entries()) {
        if (value === 0) continue;
        gradient[at] = (gradient[at] ?? 0) + value * ((row.is_reached ? 1 : 0) - chance);
        const line = curvature[at] as number[];
        for (const [other, beside] of features.entries())
          line[other] = (line[other] ?? 0) + value * beside * chance * (1 - chance);
      }
    }
    for (const [at, step] of solved(curvature, gradient).entries()) weights[at] = (weights[at] ?? 0) + step;
  }
  return said;
}

/** Gauss's elimination. */
function solved(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (const [at, pivot] of rows.entries()) {
    const head = pivot[at] ?? 1;
    for (const [other, row] of rows.entries()) {
      if (other === at) continue;
      const factor = (row[at] ?? 0) / head;
      for (let column = at; column < row.length; column += 1)
        row[column] = (row[column] ?? 0) - factor * (pivot[column] ?? 0);
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1));
}

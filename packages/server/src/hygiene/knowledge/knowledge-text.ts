import type { Chance } from '../chance/chance.js';
import type { Fault } from '../faults/fault.js';
import type { NumberPlan } from '../spellings/number-plan.js';
import type { SourceTrust, TrustModel } from '../trust/model.js';
import type { Knowledge } from './knowledge.js';

/** Knowledge as it is kept: bytes, so that its size is known. */
interface Written {
  readonly until_s: number;
  readonly faults: readonly Fault[];
  readonly trust: Omit<TrustModel, 'sources' | 'networks'>;
  readonly sources: readonly (readonly [
    string,
    Omit<SourceTrust, 'days'>,
    readonly (readonly [number, number])[],
  ])[];
  readonly number_plan: NumberPlan | null;
  readonly chance: Omit<Chance, 'weights'> & { readonly weights: readonly number[] };
  readonly networks: readonly (readonly [string, number])[];
}

export function writeKnowledge({ until_s, faults, trust, chance, number_plan }: Knowledge): Buffer {
  const { sources, networks, ...rest } = trust;
  const written: Written = {
    until_s,
    faults,
    number_plan: number_plan ?? null,
    trust: rest,
    sources: Array.from(sources, ([name, { days, ...source }]) => [name, source, [...days]]),
    networks: [...networks],
    chance: { ...chance, weights: [...chance.weights] },
  };
  return Buffer.from(JSON.stringify(written));
}

/** @param bytes what `writeKnowledge` made */
export function readKnowledge(bytes: Buffer): Knowledge {
  const { until_s, faults, trust, sources, networks, chance, number_plan }: Written = JSON.parse(
    bytes.toString(),
  );
  return {
    until_s,
    faults,
    number_plan: number_plan ?? undefined,
    trust: {
      ...trust,
      sources: new Map(sources.map(([name, source, days]) => [name, { ...source, days: new Map(days) }])),
      networks: new Map(networks),
    },
    chance: { ...chance, weights: Float64Array.from(chance.weights) },
  };
}

import type { Verdict } from '@recuento/contract';

/** A count for each verdict; 0 where `counts` has none. */
export function countsByVerdict(counts: ReadonlyMap<unknown, number>): Record<Verdict, number> {
  const of = (verdict: Verdict) => counts.get(verdict) ?? 0;
  return {
    reaches_people: of('reaches_people'),
    reaches_machines: of('reaches_machines'),
    rings_out: of('rings_out'),
    invalid: of('invalid'),
    unproven: of('unproven'),
    trunk_fault: of('trunk_fault'),
  };
}

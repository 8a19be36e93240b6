import type { FaultKind } from '@recuento/contract';
import type { Burst, BurstPart } from './burst.js';
import { LEAST_EVIDENCE } from './change-watch.js';
import { type Fault, type Place, type Width, widthOf } from './fault.js';

/** A burst of a place, of which the fault may be another's: while a trunk is out, the campaigns that it carries fail too. */
export interface Suspicion {
  readonly place: Place;
  readonly burst: Burst;
}

/**
 * By how much more a place is suspected than its evidence says. Trunks fail and are congested; a campaign's numbers are dialed in a
 * wrong form. What is usual differs a little between places of the same attempts, so the evidence alone would choose by chance.
 */
const SUSPECTED: Readonly<Record<FaultKind, Readonly<Record<Width, number>>>> = {
  outage: { trunk: 1.2, campaign: 1.1, both: 1 },
  congestion: { trunk: 1.2, campaign: 1.1, both: 1 },
  wrong_number_format: { campaign: 1.2, trunk: 1.1, both: 1 },
};

/**
 * The faults behind what is suspected of one kind: the place with the most evidence had a fault, and what it explains is no evidence
 * against others. So a trunk's outage is not told again for each campaign, and a campaign that fails while another's trunk is out
 * is told too.
 */
export function toldOnce(kind: FaultKind, suspicions: Iterable<Suspicion>): Fault[] {
  const score = ({ place, burst }: Suspicion) => evidenceOf(burst.parts) * SUSPECTED[kind][widthOf(place)];
  const ordered = [...suspicions].map((one) => ({ ...one, score: score(one) }));
  ordered.sort((a, b) => b.score - a.score);
  const faults: Fault[] = [];
  for (const { place, burst } of ordered) {
    const all = evidenceOf(burst.parts);
    const left = burst.parts.reduce((sum, part) => sum + part.evidence * unexplained(part, burst, faults), 0);
    if (left < LEAST_EVIDENCE || left < all / 2) continue;
    const { start_s, end_s, parts } = burst;
    faults.push({ ...place, kind, start_s, end_s, attempts: parts.reduce((sum, { bad }) => sum + bad, 0) });
  }
  return faults;
}

function evidenceOf(parts: readonly BurstPart[]): number {
  return parts.reduce((sum, { evidence }) => sum + evidence, 0);
}

/** Which share of a part no fault explains, as if its attempts came evenly. */
function unexplained(part: BurstPart, { start_s, end_s }: Burst, faults: readonly Fault[]): number {
  let share = 1;
  for (const fault of faults) {
    const is_there =
      (fault.trunk === null || fault.trunk === part.trunk) &&
      (fault.campaign_id === null || fault.campaign_id === part.campaign_id);
    if (!is_there) continue;
    const shared_s = Math.min(end_s, fault.end_s) - Math.max(start_s, fault.start_s);
    if (shared_s > 0) share *= 1 - shared_s / (end_s - start_s);
  }
  return share;
}

import { MACHINE_RECOGNITIONS } from '@recuento/contract';
import type { SentAttempt } from './harness.js';

/** Their attempts are spread over so many campaigns, from 1 on. */
export const CAMPAIGNS = 5;

/** Telephones of one batch and what became of its deliveries. All its attempts always carry one result. */
export interface Group {
  readonly id: number;
  readonly months: readonly number[];
  /** What a report must show; undefined: none of it. */
  settled: string | undefined;
  /** Results of deliveries whose reply never came, since the last one that was acknowledged. */
  open: string[];
}

const TELEPHONES = 60;
const PER_MONTH = 8;

/** What was sent and acknowledged, and thus what may be there. */
export class Ledger {
  acknowledged = 0;
  replaced = 0;
  lost_whole = 0;
  kept_whole = 0;
  readonly #groups: Group[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A batch to send: a new one, or one of the uploader's own again with another result. */
  next(own: Group[]): { group: Group; result: string; attempts: SentAttempt[] } {
    const known = own.length > 0 && this.#random() < 0.3 ? own[this.#below(own.length)] : undefined;
    const group = known ?? this.#newGroup();
    if (known) this.replaced += 1;
    else own.push(group);
    return { group, ...this.again(group) };
  }

  /** A batch once more, with a result that nothing of it may show yet. */
  again(group: Group): { result: string; attempts: SentAttempt[] } {
    const known = [group.settled, ...group.open];
    const others = MACHINE_RECOGNITIONS.filter((code) => !known.includes(code));
    const result = others[this.#below(others.length)] ?? 'busy';
    return { result, attempts: attemptsOf(group, result) };
  }

  confirm(group: Group, result: string): void {
    this.acknowledged += 1;
    group.settled = result;
    group.open = [];
  }

  /** Compares with a report of everything; what is found is what must be found from now on. */
  settle(rows: readonly Record<string, string>[]): string[] {
    const found = new Map<string, string[]>();
    for (const { telephone = '', ...counts } of rows) {
      const group = telephone.slice(0, -3);
      found.set(group, [...(found.get(group) ?? []), JSON.stringify(counts)]);
    }
    const faults: string[] = [];
    for (const group of this.#groups) {
      const seen = found.get(telephoneOf(group.id, 0).slice(0, -3));
      const result = seen && wholeResult(seen, group.months.length * PER_MONTH);
      const allowed = [group.settled, ...group.open];
      if ((seen && result === undefined) || !allowed.includes(result)) {
        const what = seen ? `${seen.length} telephones, the first ${seen[0]}` : 'nothing';
        faults.push(
          `batch ${group.id} should be ${allowed.map((code) => code ?? 'nothing').join(' or ')} and there is ${what}`,
        );
      }
      for (const lost of group.open) if (lost !== result) this.lost_whole += 1;
      if (group.open.length > 0 && result !== group.settled) this.kept_whole += 1;
      group.settled = result;
      group.open = [];
    }
    const known = new Set(this.#groups.map(({ id }) => telephoneOf(id, 0).slice(0, -3)));
    for (const id of found.keys()) if (!known.has(id)) faults.push(`${id} was never sent`);
    return faults;
  }

  #newGroup(): Group {
    const first = this.#below(10);
    // Half of them lie in one month, which the engine stores in one step; the others span several.
    const months = Array.from({ length: this.#random() < 0.5 ? 1 : 3 }, (_, i) => first + i);
    const group: Group = { id: this.#groups.length, months, settled: undefined, open: [] };
    this.#groups.push(group);
    return group;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }
}

/** The one result that all telephones of a batch show, each with all its attempts once; else undefined. */
function wholeResult(seen: readonly string[], attempts: number): string | undefined {
  if (seen.length !== TELEPHONES || new Set(seen).size !== 1) return undefined;
  const counts: Record<string, string> = JSON.parse(seen[0] ?? '{}');
  if (counts.total_machine_recognitions !== String(attempts)) return undefined;
  return MACHINE_RECOGNITIONS.find((code) => counts[code] === String(attempts));
}

export function telephoneOf(group: number, index: number): string {
  return `57${String(group).padStart(7, '0')}${String(index).padStart(3, '0')}`;
}

function attemptsOf(group: Group, result: string): SentAttempt[] {
  const attempts: SentAttempt[] = [];
  for (const month of group.months) {
    for (let dial = 0; dial < PER_MONTH; dial += 1) {
      for (let index = 0; index < TELEPHONES; index += 1) {
        attempts.push({
          attempt_id: `${month}-${dial}`,
          campaign_id: 1 + (group.id % CAMPAIGNS),
          telephone: telephoneOf(group.id, index),
          dialed_at: new Date(Date.UTC(2026, month, 5 + dial, 15, 0, index)).toISOString(),
          result,
        });
      }
    }
  }
  return attempts;
}

/** A small seeded generator (Mulberry32), so that a run can be repeated. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

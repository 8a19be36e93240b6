import { MACHINE_RECOGNITIONS } from '@recuento/contract';

/**
 * A batch as it was sent with one result, or taken back (no result), and where the log ended then, and when it was
 * acknowledged.
 */
interface Sending {
  readonly result: string | undefined;
  readonly begun: number;
  acknowledged: number;
}

/** Attempts to telephones of its own: `telephones` of them, each dialed once in each of the months. */
export interface Batch {
  readonly operation: string;
  readonly id: number;
  readonly telephones: number;
  readonly months: readonly number[];
  readonly sendings: Sending[];
}

/** A row of a report: the telephone, and its counts by result. */
export type ReportRow = Readonly<Record<string, string>>;

const NEVER = Number.POSITIVE_INFINITY;
/** Digits of a telephone that are the batch's; the rest number its telephones. */
const BATCH_DIGITS = 8;

/** What was sent and what was acknowledged, each with its place in the log. */
export class Ledger {
  readonly batches: Batch[] = [];
  /** Tokens, and where the log ended when each was acknowledged. */
  readonly tokens = new Map<string, { readonly token: string; readonly acknowledged: number }>();

  add(operation: string, telephones: number, months: readonly number[]): Batch {
    const batch = { operation, id: this.batches.length, telephones, months, sendings: [] };
    this.batches.push(batch);
    return batch;
  }

  /** Places at which something was acknowledged. */
  acknowledgements(): number[] {
    const all = this.batches.flatMap(({ sendings }) => sendings.map(({ acknowledged }) => acknowledged));
    return [...all, ...[...this.tokens.values()].map(({ acknowledged }) => acknowledged)].filter(
      (place) => place !== NEVER,
    );
  }

  /** What is wrong with an operation's report, after a cut at that place of the log. */
  faults(operation: string, place: number, rows: readonly ReportRow[]): string[] {
    const found = new Map<string, ReportRow[]>();
    for (const row of rows) {
      const id = String(row.telephone).slice(0, BATCH_DIGITS);
      const known = found.get(id);
      if (known) known.push(row);
      else found.set(id, [row]);
    }
    const faults: string[] = [];
    for (const batch of this.batches) {
      if (batch.operation !== operation) continue;
      const key = telephoneOf(batch, 0).slice(0, BATCH_DIGITS);
      const seen = found.get(key);
      found.delete(key);
      const result = seen && wholeResult(seen, batch);
      const allowed = allowedAt(batch, place);
      if ((seen && result === undefined) || !allowed.includes(result)) {
        const what = seen ? `${seen.length} telephones, the first ${JSON.stringify(seen[0])}` : 'nothing';
        const wanted = allowed.map((each) => each ?? 'nothing').join(' or ');
        faults.push(
          `batch ${batch.id} of ${batch.telephones} in ${batch.months} should be ${wanted}: there is ${what}`,
        );
      }
    }
    for (const id of found.keys()) faults.push(`${id} was never sent`);
    return faults;
  }
}

export function begin(batch: Batch, result: string | undefined, begun: number): Sending {
  const sending = { result, begun, acknowledged: NEVER };
  batch.sendings.push(sending);
  return sending;
}

export function telephoneOf(batch: Batch, index: number): string {
  return `57${String(batch.id).padStart(BATCH_DIGITS - 2, '0')}${String(index).padStart(5, '0')}`;
}

/** The last that was acknowledged, or any that was sent behind it. */
function allowedAt({ sendings }: Batch, place: number): (string | undefined)[] {
  let allowed: (string | undefined)[] = [undefined];
  for (const { result, begun, acknowledged } of sendings) {
    if (begun > place) break;
    if (acknowledged <= place) allowed = [result];
    else allowed.push(result);
  }
  return allowed;
}

/** The one result that all telephones of a batch show, each with all its attempts once; else undefined. */
function wholeResult(seen: readonly ReportRow[], { telephones, months }: Batch): string | undefined {
  const [first] = seen;
  if (seen.length !== telephones || !first) return undefined;
  const result = MACHINE_RECOGNITIONS.find((code) => first[code] === String(months.length));
  if (result === undefined) return undefined;
  const is_same = ({ telephone: _, ...counts }: ReportRow) =>
    counts[result] === String(months.length) && counts.total_machine_recognitions === String(months.length);
  return seen.every(is_same) ? result : undefined;
}

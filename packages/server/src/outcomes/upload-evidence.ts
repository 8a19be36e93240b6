import { MACHINE_CODES, type MachineCode } from '@recuento/contract';
import type { NumberEvidence } from '../attempts/number-evidence.js';
import { evidenceOfCode, outcomeOf } from './outcome-table.js';

/** How an uploaded attempt ended: its code, and what the network said where the upload has it. */
export interface ToldEnd {
  readonly code: MachineCode;
  /** Final SIP response. */
  readonly sip: number | undefined;
  /** Q.850 number. */
  readonly cause: number | undefined;
}

/**
 * What an uploaded attempt says of the number, by the same table that files are read by. The SIP response is better evidence than
 * the Q.850 number that a switch made of it, and both are better than the code. But a line on which something answered, or which
 * was busy, is alive, whatever the network said.
 */
export function evidenceOfUpload({ code, sip, cause }: ToldEnd): NumberEvidence {
  const by_code = evidenceOfCode(code);
  if (by_code === 'line_lives') return by_code;
  const by_sip = sip === undefined ? undefined : evidenceOfNumber('sip', sip);
  // Q.850 0 means "not given".
  return (
    by_sip ?? (cause === undefined || cause === 0 ? undefined : evidenceOfNumber('q850', cause)) ?? by_code
  );
}

type Known = Map<number, NumberEvidence | undefined>;
/** Evidence by number, kept as it is looked up: some hundreds at most. */
const KNOWN: Readonly<Record<'sip' | 'q850', Known>> = { sip: new Map(), q850: new Map() };

function evidenceOfNumber(kind: 'sip' | 'q850', number: number): NumberEvidence | undefined {
  const known = KNOWN[kind];
  if (!known.has(number)) {
    const outcome = outcomeOf(kind, String(number));
    known.set(number, outcome && 'code' in outcome ? outcome.evidence : undefined);
  }
  return known.get(number);
}

/** The same as an SQL expression over the columns `result`, `sip` and `cause`, for attempts that were stored without evidence. */
export function evidenceSql(): string {
  const of = (kind: 'sip' | 'q850', column: string, from: number, to: number) => {
    const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    const known = numbers.flatMap((number) => {
      const evidence = evidenceOfNumber(kind, number);
      return evidence === undefined ? [] : [{ number, evidence }];
    });
    const list = (parts: readonly (string | number)[]) => `[${parts.join(', ')}]`;
    const evidences = known.map(({ evidence }) => `'${evidence}'`);
    return `transform(toUInt16(ifNull(${column}, 0)), ${list(known.map(({ number }) => number))}, ${list(evidences)}, '-')`;
  };
  const codes = MACHINE_CODES.map((code) => `'${code}'`).join(', ');
  const by_code = MACHINE_CODES.map((code) => `'${stored(evidenceOfCode(code))}'`).join(', ');
  const end = `transform(toString(result), [${codes}], [${by_code}], '')`;
  const told = [of('sip', 'sip', 100, 699), of('q850', 'cause', 1, 127)];
  const [by_sip, by_cause] = told.map((sql) => `${sql} != '-', replaceOne(${sql}, 'none', '')`);
  return `multiIf(${end} = 'line_lives', 'line_lives', ${by_sip}, ${by_cause}, ${end})`;
}

/** The evidence as the store has it. */
function stored(evidence: NumberEvidence): string {
  return evidence === 'none' ? '' : evidence;
}

import type { MachineCode } from '@recuento/contract';
import { CALL_S } from '../master-csv.js';

/** One leg of a call, as the tests have it before any format writes it. */
export interface DialedLeg {
  /** Legs of one call to one telephone are one attempt. */
  readonly call: number;
  readonly telephone: string;
  /** How it ended, in the format's own words. */
  readonly word: string;
  /** Seconds after its call began. */
  readonly late_s: number;
  readonly seconds: number;
  readonly trunk: string;
  /** Which of the ways a format has of writing the same. */
  readonly way: number;
}

/** A file, and what its import has to count. */
export interface DialerFile {
  readonly body: string;
  readonly read: number;
  readonly rejected: number;
}

/** How a format writes legs, and what they come to. */
export interface FileKind {
  readonly name: string;
  readonly format: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  codeOf(leg: DialedLeg): MachineCode;
  /** What tells its attempts to one telephone apart; the call where it is absent. */
  keyOf?(leg: DialedLeg): string;
  /** Its records give one call several times, of which the first one stored holds. */
  readonly times_move?: boolean;
  /** Every file is whole: with a header where the format has one, and a broken record among the others. */
  file(legs: readonly DialedLeg[], campaign_id: number): DialerFile;
}

const BROKEN_LINE = '"it never closes';

/** Lines behind the header's, LF at the end of each. */
export function lineFile(
  header: readonly string[],
  lineOf: (leg: DialedLeg) => string,
  legs: readonly DialedLeg[],
): DialerFile {
  const rows = legs.map(lineOf);
  if (rows.length > 0) rows.splice(1, 0, BROKEN_LINE);
  const lines = [...header, ...rows];
  return {
    body: lines.map((line) => `${line}\n`).join(''),
    read: lines.length,
    rejected: rows.length - legs.length,
  };
}

const BROKEN_RECORD = '{"broken": tru}';

/** JSON records: in a list between `before` and `after` when their number is odd, else one a line. */
export function jsonFile(records: readonly object[], before: string, after: string): DialerFile {
  const texts = records.map((record) => JSON.stringify(record));
  if (texts.length > 0) texts.splice(1, 0, BROKEN_RECORD);
  const body = records.length % 2 === 1 ? `${before}${texts.join(',\n')}${after}` : texts.join('\n');
  return { body, read: texts.length, rejected: texts.length - records.length };
}

/** What a word says, where a table of the test has it. */
export function codesOf(codes: Readonly<Record<string, MachineCode>>) {
  return {
    words: Object.keys(codes),
    codeOf: ({ word }: DialedLeg): MachineCode => codes[word] ?? 'unknown',
  };
}

/** When a leg began, `YYYY-MM-DD HH:MM:SS` in UTC. */
export function stampOf({ call, late_s }: DialedLeg): string {
  return new Date((CALL_S + call + late_s) * 1_000).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * Machine codes: how the dialer's machine coded an attempt.
 *
 * The first five have a column in `campaign_8` (seed page, "Response"); an attempt that carries one of them
 * is a machine recognition. The order is the one in which the engine numbers them: append, never reorder.
 */
export const MACHINE_CODES = [
  'no_answer',
  'answer_machine',
  'busy',
  'congestion',
  'failed',
  'answer',
  'abandon',
  'recall',
  'do_not_call',
  'unknown',
] as const;

export type MachineCode = (typeof MACHINE_CODES)[number];

/** The five codes that `campaign_8` counts, in the order of its columns. */
export const MACHINE_RECOGNITIONS = MACHINE_CODES.slice(0, 5) as readonly MachineCode[];

/** Removes what varies between sources: case, spaces, hyphens and underscores (`NO-ANSWER` is `no answer`). */
export function foldSpelling(value: string): string {
  return value.toLowerCase().replace(/[\s_-]+/g, '');
}

const BY_NAME = new Map<string, MachineCode>(MACHINE_CODES.map((code) => [code, code]));
const BY_FOLDED = new Map<string, MachineCode>(MACHINE_CODES.map((code) => [foldSpelling(code), code]));

/** The machine code that a spelling names, or undefined when it names none. */
export function parseMachineCode(value: string): MachineCode | undefined {
  return BY_NAME.get(value) ?? BY_FOLDED.get(foldSpelling(value));
}

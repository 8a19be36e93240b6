/** What is said of a telephone, in the order in which tables list them. */
export const VERDICTS = [
  'reaches_people',
  'reaches_machines',
  'rings_out',
  'invalid',
  'unproven',
  'trunk_fault',
] as const;
export type Verdict = (typeof VERDICTS)[number];

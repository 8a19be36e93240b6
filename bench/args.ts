import { parseArgs } from 'node:util';

/**
 * The whole numbers that a question of the bench takes as flags, `--name 5000000`, with what they are when not given.
 *
 * @throws Error naming a flag that is unknown or not a whole number from 1
 */
export function numbersFrom<Name extends string>(
  argv: readonly string[],
  defaults: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const names = Object.keys(defaults);
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...argv], options });
  const numbers: Record<Name, number> = { ...defaults };
  for (const [name, text] of Object.entries(values)) {
    const number = Number(text);
    if (!Number.isSafeInteger(number) || number < 1)
      throw new Error(`--${name} is not a whole number from 1`);
    Object.assign(numbers, { [name]: number });
  }
  return numbers;
}

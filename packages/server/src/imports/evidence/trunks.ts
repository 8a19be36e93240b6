import { foldWord, MACHINE_CODES, type MachineCode, type OwnWord } from '@recuento/contract';
import { z } from 'zod';

/** What an operator declares of a trunk, in the configuration's `trunks`: the carrier behind it has its own ways. */
const trunk = z.strictObject({
  /** Digits that the dialplan puts before a number to choose this trunk. One is taken off, the longest that fits. */
  strip_prefix: z.array(z.string().min(1).max(32)).max(64).default([]),
  /** What a word or number of this trunk means, where it is not what the table of outcomes says. */
  outcomes: z
    .record(
      z.string().regex(/^(?:(?:sip|q850):\d{1,3}|(?:cause|disposition|amd):.+)$/, {
        error: 'is none of sip:NUMBER, q850:NUMBER, cause:NAME, disposition:NAME, amd:NAME',
      }),
      z.enum(MACHINE_CODES),
    )
    .default({}),
});

export const trunksSchema = z.record(z.string().min(1).max(1_024), trunk).default({});

export type TrunksConfig = z.output<typeof trunksSchema>;

/**
 * Machine codes by `sip:486`, `q850:1`, `cause:…`, `disposition:…` or `amd:…`, the word folded; and by `word:…` and
 * `word@trunk:…`, what an operation's own words mean in the field of a format that says how the attempt ended.
 */
export type OutcomeOverrides = ReadonlyMap<string, MachineCode>;

export const NO_OVERRIDES: OutcomeOverrides = new Map();

interface Rules {
  /** The longest first; undefined where nothing is declared of them. */
  readonly prefixes: readonly string[] | undefined;
  readonly overrides: OutcomeOverrides;
}

/** The declared trunks, by the name that a record gives them. What is not declared is taken as it is. */
export class Trunks {
  readonly #config: TrunksConfig;
  /** Of records whose trunk is not declared, or that name none; the longest first. */
  readonly #prefixes: readonly string[];
  readonly #words: readonly OwnWord[];
  /** Names of which something is declared. */
  readonly #names: ReadonlySet<string>;
  /** Of each of them that was asked for: an operation's words are read for one call of a hook, too. */
  readonly #rules = new Map<string, Rules>();
  /** Of words that are of any trunk. */
  readonly #overrides: OutcomeOverrides;

  constructor(config: TrunksConfig, prefixes: readonly string[] = [], words: readonly OwnWord[] = []) {
    this.#config = config;
    this.#prefixes = longestFirst(prefixes);
    this.#words = words;
    const of_trunks = words.map(({ trunk }) => trunk).filter((trunk) => trunk !== '');
    this.#names = new Set([...Object.keys(config), ...of_trunks]);
    const of_any = words.filter(({ trunk }) => trunk === '').map(overrideOf);
    this.#overrides = of_any.length === 0 ? NO_OVERRIDES : new Map(of_any);
  }

  /** The same trunks, and prefixes for what is dialed over any other: of a file that does not say which trunk it was. */
  withPrefixes(prefixes: readonly string[]): Trunks {
    return new Trunks(this.#config, prefixes, this.#words);
  }

  /** The same trunks, with an operation's own words. */
  withWords(words: readonly OwnWord[]): Trunks {
    return words.length === 0 ? this : new Trunks(this.#config, this.#prefixes, words);
  }

  /** All that is declared, as one text for the same; undefined when nothing is. */
  get declared(): string | undefined {
    const names = Object.keys(this.#config).sort();
    const trunks = names.map((name) => [name, sorted(this.#config[name])]);
    return declaredAs(trunks, this.#prefixes, this.#words);
  }

  /** The telephone behind what was dialed over a trunk: without the trunk's prefix, and otherwise as it was. */
  telephoneOf(trunk: string, dialed: string): string {
    for (const prefix of this.#rulesOf(trunk)?.prefixes ?? this.#prefixes) {
      if (dialed.startsWith(prefix) && dialed.length > prefix.length) return dialed.slice(prefix.length);
    }
    return dialed;
  }

  /** For `decide`. */
  overridesOf(trunk: string): OutcomeOverrides {
    return this.#rulesOf(trunk)?.overrides ?? this.#overrides;
  }

  #rulesOf(name: string): Rules | undefined {
    const known = this.#rules.get(name);
    if (known !== undefined || !this.#names.has(name)) return known;
    const declared = Object.hasOwn(this.#config, name) ? this.#config[name] : undefined;
    const rules: Rules = {
      prefixes: declared && longestFirst(declared.strip_prefix),
      overrides: new Map([
        ...this.#overrides,
        ...Object.entries(declared?.outcomes ?? {}).map(([of, code]) => [foldedKey(of), code] as const),
        ...this.#words.filter(({ trunk }) => trunk === name).map(overrideOf),
      ]),
    };
    this.#rules.set(name, rules);
    return rules;
  }
}

export const NO_TRUNKS = new Trunks({});

function longestFirst(prefixes: readonly string[]): readonly string[] {
  return prefixes.toSorted((a, b) => b.length - a.length);
}

/**
 * What is declared of a word; undefined where it is what the tables say. A trunk's own word goes before the trunk's outcome, and
 * that before a word of any trunk.
 *
 * @param is_end whether the format has in this field how an attempt ended
 */
export function declaredCode(
  overrides: OutcomeOverrides,
  kind: string,
  word: string,
  is_end: boolean,
): MachineCode | undefined {
  if (overrides.size === 0) return undefined;
  const folded = foldWord(word);
  return (
    (is_end ? overrides.get(`word@trunk:${folded}`) : undefined) ??
    overrides.get(`${kind}:${folded}`) ??
    (is_end ? overrides.get(`word:${folded}`) : undefined)
  );
}

function overrideOf({ word, trunk, result }: OwnWord): readonly [string, MachineCode] {
  return [`${trunk === '' ? 'word' : 'word@trunk'}:${foldWord(word)}`, result];
}

/** One text for the same declarations; undefined where there is none. */
function declaredAs(
  trunks: readonly unknown[],
  prefixes: readonly string[],
  words: readonly OwnWord[],
): string | undefined {
  if (words.length > 0) {
    const told = words.map(({ word, trunk, result }) => JSON.stringify([foldWord(word), trunk, result]));
    return JSON.stringify([trunks, prefixes.toSorted(), told.sort()]);
  }
  if (prefixes.length > 0) return JSON.stringify([trunks, prefixes.toSorted()]);
  return trunks.length === 0 ? undefined : JSON.stringify(trunks);
}

/** The same with what is declared of outcomes in one order. */
function sorted(trunk: TrunksConfig[string] | undefined): unknown {
  return trunk && [trunk.strip_prefix.toSorted(), Object.entries(trunk.outcomes).sort()];
}

function foldedKey(key: string): string {
  const colon = key.indexOf(':');
  return `${key.slice(0, colon)}:${foldWord(key.slice(colon + 1))}`;
}

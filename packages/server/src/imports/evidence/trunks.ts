import { foldWord, MACHINE_CODES, type MachineCode, type OwnWord } from '@recuento/contract';
import { z } from 'zod';

/** An operator's declarations about a trunk, in the configuration's `trunks`: each carrier has its own ways. */
const trunk = z.strictObject({
  /** Prefixes that the dialplan puts before a number to choose this trunk. One is removed, the longest that fits. */
  strip_prefix: z.array(z.string().min(1).max(32)).max(64).default([]),
  /** Machine codes for words or numbers of this trunk, where they differ from the tables of outcomes. */
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
 * Machine codes by `sip:486`, `q850:1`, `cause:…`, `disposition:…` or `amd:…`, with the word folded; and by `word:…` and
 * `word@trunk:…` for an operation's own words, which apply to the field of a format that says how the attempt ended.
 */
export type OutcomeOverrides = ReadonlyMap<string, MachineCode>;

export const NO_OVERRIDES: OutcomeOverrides = new Map();

interface Rules {
  /** The longest first; undefined where none are declared for the trunk. */
  readonly prefixes: readonly string[] | undefined;
  readonly overrides: OutcomeOverrides;
}

/** The declarations about trunks, by the trunk's name in a record. A trunk without declarations is taken as it is. */
export class Trunks {
  readonly #config: TrunksConfig;
  /** Prefixes for records whose trunk is not declared, or that name none; the longest first. */
  readonly #prefixes: readonly string[];
  readonly #words: readonly OwnWord[];
  /** Names of trunks with a declaration. */
  readonly #names: ReadonlySet<string>;
  /** A cache by trunk, filled on demand: even a single call of a hook makes an object with the operation's words. */
  readonly #rules = new Map<string, Rules>();
  /** Overrides by words that apply to every trunk. */
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

  /** The same declarations, with prefixes for all other trunks: for a file that does not name the trunk. */
  withPrefixes(prefixes: readonly string[]): Trunks {
    return new Trunks(this.#config, prefixes, this.#words);
  }

  /** The same declarations, with an operation's own words. */
  withWords(words: readonly OwnWord[]): Trunks {
    return words.length === 0 ? this : new Trunks(this.#config, this.#prefixes, words);
  }

  /** All declarations as one text, which is equal for equal declarations; undefined when there are none. */
  get declared(): string | undefined {
    const names = Object.keys(this.#config).sort();
    const trunks = names.map((name) => [name, sorted(this.#config[name])]);
    return declaredAs(trunks, this.#prefixes, this.#words);
  }

  /** The telephone that was dialed over a trunk: the trunk's prefix is removed, the rest is unchanged. */
  telephoneOf(trunk: string, dialed: string): string {
    for (const prefix of this.#rulesOf(trunk)?.prefixes ?? this.#prefixes) {
      if (dialed.startsWith(prefix) && dialed.length > prefix.length) return dialed.slice(prefix.length);
    }
    return dialed;
  }

  /** The overrides for `decide`. */
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
 * The declared code of a word; undefined where the tables decide. A trunk's own word comes before the trunk's outcome,
 * and that before a word for every trunk.
 *
 * @param is_end whether the field says how the attempt ended, in this format
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

/** One text, equal for equal declarations; undefined where there are none. */
function declaredAs(
  trunks: readonly unknown[],
  prefixes: readonly string[],
  words: readonly OwnWord[],
): string | undefined {
  if (words.length > 0) {
    const texts = words.map(({ word, trunk, result }) => JSON.stringify([foldWord(word), trunk, result]));
    return JSON.stringify([trunks, prefixes.toSorted(), texts.sort()]);
  }
  if (prefixes.length > 0) return JSON.stringify([trunks, prefixes.toSorted()]);
  return trunks.length === 0 ? undefined : JSON.stringify(trunks);
}

/** The same declaration with its outcomes in a fixed order. */
function sorted(trunk: TrunksConfig[string] | undefined): unknown {
  return trunk && [trunk.strip_prefix.toSorted(), Object.entries(trunk.outcomes).sort()];
}

function foldedKey(key: string): string {
  const colon = key.indexOf(':');
  return `${key.slice(0, colon)}:${foldWord(key.slice(colon + 1))}`;
}

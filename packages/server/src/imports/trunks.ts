import { foldSpelling, MACHINE_CODES, type MachineCode } from '@recuento/contract';
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

/** Machine codes by `sip:486`, `q850:1`, `cause:…`, `disposition:…` or `amd:…`, the word folded. */
export type OutcomeOverrides = ReadonlyMap<string, MachineCode>;

export const NO_OVERRIDES: OutcomeOverrides = new Map();

interface Rules {
  /** The longest first. */
  readonly prefixes: readonly string[];
  readonly overrides: OutcomeOverrides;
}

/** The declared trunks, by the name that a record gives them. What is not declared is taken as it is. */
export class Trunks {
  readonly #rules: ReadonlyMap<string, Rules>;
  /** All that is declared, as one text for the same; undefined when nothing is. */
  readonly declared: string | undefined;
  /** Of records whose trunk is not declared, or that name none; the longest first. */
  readonly #prefixes: readonly string[];
  readonly #config: TrunksConfig;

  constructor(config: TrunksConfig, prefixes: readonly string[] = []) {
    const names = Object.keys(config).sort();
    const trunks = names.map((name) => [name, sorted(config[name])]);
    this.#config = config;
    this.#prefixes = prefixes.toSorted((a, b) => b.length - a.length);
    this.declared = declaredAs(trunks, prefixes);
    this.#rules = new Map(
      Object.entries(config).map(([name, { strip_prefix, outcomes }]) => [
        name,
        {
          prefixes: strip_prefix.toSorted((a, b) => b.length - a.length),
          overrides: new Map(Object.entries(outcomes).map(([of, code]) => [foldedKey(of), code])),
        },
      ]),
    );
  }

  /** The same trunks, and prefixes for what is dialed over any other: of a file that does not say which trunk it was. */
  withPrefixes(prefixes: readonly string[]): Trunks {
    return new Trunks(this.#config, prefixes);
  }

  /** The telephone behind what was dialed over a trunk: without the trunk's prefix, and otherwise as it was. */
  telephoneOf(trunk: string, dialed: string): string {
    for (const prefix of this.#rules.get(trunk)?.prefixes ?? this.#prefixes) {
      if (dialed.startsWith(prefix) && dialed.length > prefix.length) return dialed.slice(prefix.length);
    }
    return dialed;
  }

  /** For `decide`. */
  overridesOf(trunk: string): OutcomeOverrides {
    return this.#rules.get(trunk)?.overrides ?? NO_OVERRIDES;
  }
}

export const NO_TRUNKS = new Trunks({});

/** One text for the same declarations; undefined where there is none. */
function declaredAs(trunks: readonly unknown[], prefixes: readonly string[]): string | undefined {
  if (prefixes.length > 0) return JSON.stringify([trunks, prefixes.toSorted()]);
  return trunks.length === 0 ? undefined : JSON.stringify(trunks);
}

/** The same with what is declared of outcomes in one order. */
function sorted(trunk: TrunksConfig[string] | undefined): unknown {
  return trunk && [trunk.strip_prefix.toSorted(), Object.entries(trunk.outcomes).sort()];
}

function foldedKey(key: string): string {
  const colon = key.indexOf(':');
  return `${key.slice(0, colon)}:${foldSpelling(key.slice(colon + 1))}`;
}

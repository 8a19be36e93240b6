import type { Numbering } from '@recuento/contract';
import { getCountryCallingCode, isSupportedCountry, Metadata } from 'libphonenumber-js';

// The library has these, and does not declare them.
declare module 'libphonenumber-js' {
  interface NumberingPlan {
    nationalNumberPattern(): string;
    nationalPrefix(): string | undefined;
  }
}

/** How an operation's telephones are written, as its numbering says and its country's numbering plan has it. */
export interface NumberPlan {
  /** What a line begins with: `+` and the country code. */
  readonly country_code: string;
  /** What a spelling may have before the national number. Each is a line's own spelling with another beginning. */
  readonly beginnings: readonly string[];
  /** A regular expression over a whole telephone, which both RE2 and JavaScript read alike. Its group is the national number. */
  readonly pattern: string;
}

/** Whether the numbering plan of a country is known. @param country by ISO 3166-1 */
export function hasNumberPlan(country: string): boolean {
  return isSupportedCountry(country);
}

/**
 * The plan, by the metadata of Google's libphonenumber: which national numbers there are, and the digits before them within the
 * country (`0`). A beginning is left off only where the rest is a national number. Where a telephone can be read in more than one
 * way, the one without a dial prefix holds, as in libphonenumber, and then the one with the shortest: so a number is never taken for
 * another by its first digits.
 *
 * @returns undefined where nothing is declared: then each telephone is a line of its own
 */
export function numberPlanOf(numbering: Numbering | null): NumberPlan | undefined {
  if (numbering === null || !isSupportedCountry(numbering.country)) return undefined;
  const metadata = new Metadata();
  metadata.selectNumberingPlan(numbering.country);
  const plan = metadata.numberingPlan;
  if (plan === undefined) return undefined;
  const code = getCountryCallingCode(numbering.country);
  const within = plan.nationalPrefix();
  const kinds = [`+${code}`, code, ...(within ? [within] : [])];
  // In whatever order they are declared.
  const prefixes = numbering.dial_prefixes.toSorted((one, other) => one.length - other.length);
  const beginnings = ['', ...prefixes].flatMap((prefix) => ['', ...kinds].map((kind) => prefix + kind));
  const optional = (parts: readonly string[]) =>
    parts.length === 0 ? '' : `(?:${parts.map(escaped).join('|')})??`;
  return {
    country_code: `+${code}`,
    beginnings: [...new Set(beginnings)],
    pattern: `^${optional(prefixes)}${optional(kinds)}(${plan.nationalNumberPattern()})$`,
  };
}

/**
 * The line that a telephone is a spelling of: in international form, or the telephone as it is where it is no number of the plan.
 *
 * @returns a function of the telephone
 */
export function lineOf(plan: NumberPlan | undefined): (telephone: string) => string {
  if (plan === undefined) return (telephone) => telephone;
  const pattern = new RegExp(plan.pattern);
  return (telephone) => {
    const national = pattern.exec(telephone)?.[1];
    return national === undefined ? telephone : plan.country_code + national;
  };
}

function escaped(text: string): string {
  return text.replace(/[+*#]/g, '\\$&');
}

/**
 * The telephone numbers. They look Colombian (57, then a mobile number of ten digits from 3). They are taken from 390 to
 * 399, which the national numbering plan assigns to no operator, so none is the number of a real person.
 */
const PREFIX = '5739';
const DIGITS = 8;

/** The largest prime below 10⁸: multiplying by SPREAD modulo it visits every number once, in no visible order. */
const MODULUS = 99_999_989;
/** About MODULUS / 1.618; the product with any index stays below 2⁵³, so it is exact. */
const SPREAD = 61_803_391;

/** How an operation declares that its telephones are written so. */
export const NUMBERING = { country: 'CO', dial_prefixes: ['9'] };

/** How many different telephones there are. */
export const TELEPHONES_MAX = MODULUS;

/** The telephone at `index` in its usual spelling: 573 and nine digits. */
export function telephoneAt(index: number): string {
  return PREFIX + String((index * SPREAD) % MODULUS).padStart(DIGITS, '0');
}

/** Whether the telephone at an index begins with national digits. For many indices, as it makes no text. */
export function startsWith(national: string): (index: number) => boolean {
  const digits = national.slice(2);
  const size = 10 ** (DIGITS - digits.length);
  const first = Number(digits) * size;
  return (index) => {
    const number = (index * SPREAD) % MODULUS;
    return number >= first && number < first + size;
  };
}

/** The other spelling, which some lists have: without the country code, with a plus, or with a dial prefix of 9. */
export function otherSpelling(index: number): string {
  const telephone = telephoneAt(index);
  switch (index % 3) {
    case 0:
      return telephone.slice(2);
    case 1:
      return `+${telephone}`;
    default:
      return `9${telephone}`;
  }
}

/** The index of a telephone in any spelling; undefined if it is not from this range. */
export function indexOf(telephone: string): number | undefined {
  const digits = /^(?:(?:\+|9)?57)?39(\d{8})$/.exec(telephone)?.[1];
  if (digits === undefined || Number(digits) >= MODULUS) return undefined;
  return Number((BigInt(digits) * INVERSE) % BigInt(MODULUS));
}

/** SPREAD⁻¹ modulo MODULUS, by Fermat: SPREAD^(MODULUS − 2). */
const INVERSE = power(BigInt(SPREAD), BigInt(MODULUS - 2), BigInt(MODULUS));

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** A condition on a column: that its field is one of the values, or none of them. */
export interface Condition {
  /** As it was asked for: a name, or a number from 1. */
  readonly column: string;
  readonly is_not: boolean;
  /** In lower case; one that ends with `*` is a beginning, `*` alone of any field. '' is an empty field. */
  readonly values: readonly string[];
}

/** All of them have to hold. */
export type Only = readonly Condition[];

/** More than anybody writes; a thousand values take some microseconds of each row. `values` is of one condition. */
const ONLY_MAX = { conditions: 10, values: 100 };

/** The form of `only`, for those who got it wrong. */
export const ONLY_FORM = `column=value[,value] or column!=value, at most ${ONLY_MAX.conditions} with semicolons between, each with at most ${ONLY_MAX.values} values`;

/** Reads `dcontext=from-internal;dst!=600,601`. Undefined when it has not that form. */
export function parseOnly(text: string): Only | undefined {
  const conditions = text.split(';').map(conditionOf);
  if (conditions.length > ONLY_MAX.conditions) return undefined;
  const known = conditions.filter((condition) => condition !== undefined);
  return known.length === conditions.length ? known : undefined;
}

function conditionOf(text: string): Condition | undefined {
  const equals = text.indexOf('=');
  if (equals < 0) return undefined;
  const is_not = text.charAt(equals - 1) === '!';
  const column = text.slice(0, is_not ? equals - 1 : equals).trim();
  const values = text
    .slice(equals + 1)
    .split(',')
    .map((value) => value.trim().toLowerCase());
  return column === '' || values.length > ONLY_MAX.values ? undefined : { column, is_not, values };
}

/** A condition on a column: its field must be one of the values, or none of them. */
export interface Condition {
  /** As the user wrote it: a name, or a number from 1. */
  readonly column: string;
  readonly is_not: boolean;
  /**
   * In lower case. A value that ends with `*` is a prefix; `*` alone matches any field. '' matches an
   * empty field.
   */
  readonly values: readonly string[];
}

/** All conditions must hold. */
export type Only = readonly Condition[];

/** More than anybody writes; a thousand values take some microseconds per row. `values` is per condition. */
const ONLY_MAX = { conditions: 10, values: 100 };

/** The form of `only`, for error messages. */
export const ONLY_FORM = `column=value[,value] or column!=value, at most ${ONLY_MAX.conditions} with semicolons between, each with at most ${ONLY_MAX.values} values`;

/** Parses `dcontext=from-internal;dst!=600,601`. Returns undefined when it is malformed. */
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

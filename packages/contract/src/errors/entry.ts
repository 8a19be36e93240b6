import type { Text } from '../language.js';

/** A field of a request that is not valid: which record (absent outside lists), which field, and why. */
export interface FieldFault {
  readonly index?: number;
  readonly field: string;
  readonly reason: string;
}

/**
 * The form of an error on the wire: the documented API's envelope `{"code","error","msg","data"}`, or a problem document
 * (RFC 9457) from `/v1` and from the service itself.
 */
export type ErrorForm = 'envelope' | 'problem';

/** Values that fill in an entry, for an example of the error. */
interface Example {
  readonly values?: Readonly<Record<string, string | number>>;
  readonly retry_after_s?: number;
  readonly faults?: readonly FieldFault[];
}

export interface CatalogueEntry {
  readonly status: number;
  readonly error: string;
  /** In English only, because programs compare it. `{name}` is a blank. */
  readonly msg: string;
  /** What makes it happen. A word in backticks is code. */
  readonly cause: Text;
  /** What the caller can do. A word in backticks is code. */
  readonly remedy: Text;
  /** Every form in which a caller can receive it. */
  readonly forms: readonly ErrorForm[];
  readonly example: Example;
}

/** The blanks of a message: `asked` and `limit` of `YOU ASKED FOR {asked} AND THE LIMIT IS {limit}`. */
type Blanks<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Blanks<Rest>
  : never;

/** An entry. Its example must fill each blank of its message. */
export function entry<const Message extends string>(
  fields: Omit<CatalogueEntry, 'msg' | 'example'> & {
    readonly msg: Message;
    readonly example: Omit<Example, 'values'> &
      ([Blanks<Message>] extends [never]
        ? unknown
        : { readonly values: Readonly<Record<Blanks<Message>, string | number>> });
  },
): CatalogueEntry {
  return fields;
}

import { RecuentoError } from '@recuento/contract';

/** The query string of a call. Unknown parameters are ignored: callers in the field send some. */
export class VendorQuery {
  readonly #given: Readonly<Record<string, string | string[] | undefined>>;

  constructor(query: unknown) {
    this.#given = query as Readonly<Record<string, string | string[] | undefined>>;
  }

  /** The parameter's value, undefined when it is absent. @throws RecuentoError bad-parameter when repeated */
  optional(name: string): string | undefined {
    const value = this.#given[name];
    if (Array.isArray(value)) {
      throw new RecuentoError('bad-parameter', { values: { parameter: name, form: 'send it once' } });
    }
    return value;
  }

  /**
   * The values of parameters that must be there, by name.
   *
   * @throws RecuentoError missing-parameters (naming all that are absent or empty), bad-parameter
   */
  required<Name extends string>(...names: readonly Name[]): Record<Name, string> {
    const values = names.map((name) => [name, this.optional(name)] as const);
    const missing = values.filter(([, value]) => value === undefined || value === '').map(([name]) => name);
    if (missing.length > 0) {
      throw new RecuentoError('missing-parameters', { values: { parameters: missing.join(', ') } });
    }
    return Object.fromEntries(values) as Record<Name, string>;
  }
}

import { isTimeZone } from '@recuento/contract';
import type { Engine } from './engine.js';

/**
 * Names of time zones that both the engine and this process know. The engine has a list of its own and is case-sensitive; this
 * process is not.
 */
export class TimeZones {
  /** The engine's names, by their lower-case form. */
  readonly #names: ReadonlyMap<string, string>;

  private constructor(names: readonly string[]) {
    this.#names = new Map(names.map((name) => [name.toLowerCase(), name]));
  }

  static async open(engine: Engine): Promise<TimeZones> {
    const bytes = await engine.read({
      sql: 'SELECT time_zone FROM system.time_zones FORMAT TSV',
      fair_key: 'start',
      max_ms: 30_000,
    });
    return new TimeZones(bytes.toString().split('\n').filter(Boolean));
  }

  /**
   * The name that both know: `America/Bogota` for `america/bogota`. When the engine does not know the given name, this process's own
   * name of the zone is tried. Undefined when both know no common name.
   */
  settle(name: string): string | undefined {
    if (!isTimeZone(name)) return undefined;
    const own = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    return [name, own].map((each) => this.#names.get(each.toLowerCase())).find(isKnown);
  }
}

function isKnown(name: string | undefined): name is string {
  return name !== undefined && isTimeZone(name);
}

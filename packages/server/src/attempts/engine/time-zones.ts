import { isTimeZone } from '@recuento/contract';
import type { Engine } from './engine.js';

/**
 * Names of time zones that every clock here knows: the engine's, which has a list of its own and reads names letter by
 * letter, and that of this process, which takes any spelling.
 */
export class TimeZones {
  /** The engine's names, by their small letters. */
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
   * The name as all clocks spell it: `America/Bogota` of `america/bogota`. Where the engine does not know it, what this
   * process calls that zone; undefined where no name holds for all.
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

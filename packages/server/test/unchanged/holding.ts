import { vi } from 'vitest';
import { EmbeddedEngine } from '../../src/attempts/engine/embedded.js';
import { ServerEngine } from '../../src/attempts/engine/server.js';
import type { Node } from '../second-node.js';
import type { Hold } from './steps.js';

/** A look at the engine's index, behind which the report itself is read. */
const ESTIMATE = 'EXPLAIN ESTIMATE';

type Ask = () => Promise<void>;
const atOnce = async () => undefined;

/**
 * Has replies made while something changes: those are held before they read versions, or behind what they read of the attempts,
 * until the change is done; or the change is held before it writes, until they are made. All is done by the real parts, and only
 * later.
 */
export class Holding {
  #wait: (at: Hold) => Promise<unknown> = atOnce;
  /** Replies that were made while something changed, by how. */
  readonly made = new Map<Hold, number>();

  constructor(nodes: readonly Node[]) {
    for (const { services } of nodes) {
      const { dataVersions } = services.accounts;
      const of = dataVersions.of.bind(dataVersions);
      vi.spyOn(dataVersions, 'of').mockImplementation(async (read) => {
        await this.#wait('before versions');
        return of(read);
      });
    }
    for (const engine of new Set(nodes.map(({ services }) => services.engine))) this.#holdEngine(engine);
  }

  #holdEngine(engine: Node['services']['engine']): void {
    const read = engine.read.bind(engine);
    vi.spyOn(engine, 'read').mockImplementation(async (request) => {
      const bytes = await read(request);
      if (!request.sql.includes(ESTIMATE)) await this.#wait('behind reading');
      return bytes;
    });
    const [insert, change] = [engine.insert, engine.change];
    const writing = vi.fn(() => this.#wait('before writing'));
    vi.spyOn(engine, 'insert').mockImplementation((...of) => writing().then(() => insert.apply(engine, of)));
    if (engine instanceof ServerEngine) {
      const { insertRows } = engine;
      vi.spyOn(engine, 'insertRows').mockImplementation((...of) =>
        writing().then(() => insertRows.apply(engine, of)),
      );
    }
    if (engine instanceof EmbeddedEngine) {
      const { insertFile } = engine;
      vi.spyOn(engine, 'insertFile').mockImplementation((...of) =>
        writing().then(() => insertFile.apply(engine, of)),
      );
    }
    vi.spyOn(engine, 'change').mockImplementation((...of) => writing().then(() => change.apply(engine, of)));
  }

  /** Runs `change` while the replies are made. */
  async during(hold: Hold, asks: readonly Ask[], change: () => Promise<void>): Promise<void> {
    const held =
      hold === 'before writing'
        ? await this.#changeHeld(asks, change)
        : await this.#repliesHeld(hold, asks, change);
    this.made.set(hold, (this.made.get(hold) ?? 0) + held);
  }

  async #changeHeld(asks: readonly Ask[], change: () => Promise<void>): Promise<number> {
    let made = 0;
    this.#wait = async (at) => {
      if (at !== 'before writing') return;
      this.#wait = atOnce;
      await Promise.all(asks.map((ask) => ask()));
      made = asks.length;
    };
    await change();
    this.#wait = atOnce;
    return made;
  }

  async #repliesHeld(hold: Hold, asks: readonly Ask[], change: () => Promise<void>): Promise<number> {
    const [is_changed, are_there] = [signal(), signal()];
    let there = 0;
    let held = 0;
    const arrived = () => {
      there += 1;
      if (there === asks.length) are_there.give();
    };
    this.#wait = async (at) => {
      if (at !== hold) return;
      held += 1;
      arrived();
      await is_changed.given;
    };
    const asked = Promise.allSettled(asks.map((ask) => ask().finally(arrived)));
    await are_there.given;
    this.#wait = atOnce;
    try {
      await change();
    } finally {
      is_changed.give();
    }
    for (const one of await asked) if (one.status === 'rejected') throw one.reason;
    return held;
  }
}

function signal() {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

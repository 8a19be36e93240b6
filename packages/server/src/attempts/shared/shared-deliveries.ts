import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptRows } from '../attempt-rows.js';
import { type Deliveries, EntryGone } from '../deliveries.js';
import { EngineUnavailable, type RowInserts } from '../engine/engine.js';
import { ATTEMPT_COLUMNS } from '../row-layout.js';
import type { Aside } from '../set-aside.js';
import { ATTEMPTS_PARTITION, ATTEMPTS_TABLE, ownerOf } from '../stored-in.js';
import { importsIn } from './imports-in.js';
import type { PendingEntries, PendingEntry } from './pending-entries.js';
import { TakenEntries } from './taken-entries.js';

export interface SharedOptions {
  readonly pending: PendingEntries;
  /**
   * Called with imports whose rows this process stored although another process had taken the entry over: that process may have taken
   * the import back meanwhile. It is called again when it fails.
   */
  readonly onLate: (operation_id: number, imports: readonly number[]) => Promise<void>;
  readonly onFailure: (error: unknown) => void;
}

/** How long `settle` waits for other processes: an insert may take 120 s, and usually takes well below one second. */
const SETTLE_MAX_MS = 10_000;
const LOOK_AGAIN_MS = 100;

/**
 * Deliveries of a store on servers. Each is durable in the accounts' database, which all processes share, until the engine has taken
 * it. So no disk of this machine is needed, and another process finishes what a killed one leaves.
 */
export class SharedDeliveries implements Deliveries {
  readonly #engine: RowInserts;
  readonly #pending: PendingEntries;
  readonly #taken: TakenEntries;
  /** Entries that this process took in or has seen. An own entry that is not among them was taken over from another process. */
  readonly #known = new Map<string, PendingEntry>();

  constructor(engine: RowInserts, { pending, onLate, onFailure }: SharedOptions) {
    this.#engine = engine;
    this.#pending = pending;
    this.#taken = new TakenEntries(pending, {
      onLate,
      onFailure,
      onForgotten: (id) => this.#known.delete(id),
    });
  }

  room(): Promise<void> {
    return this.#taken.room();
  }

  async add(operation_id: number, rows: AttemptRows): Promise<string> {
    const imports = importsIn(rows);
    const id = await this.#pending.add(operation_id, { imports, claims: rows.claims }, rows.bytes);
    this.#known.set(id, { id, operation_id, imports });
    return id;
  }

  async insert(_entry: string, operation_id: number, rows: Buffer): Promise<void> {
    await this.#engine.insertRows({
      table: ATTEMPTS_TABLE,
      columns: ATTEMPT_COLUMNS,
      rows,
      partition: ATTEMPTS_PARTITION,
      fair_key: ownerOf(operation_id),
    });
  }

  taken(entry: string): void {
    const known = this.#known.get(entry);
    if (known) this.#taken.add(known);
  }

  /** Own entries that this process has not seen yet: another process left them. */
  async left() {
    const own = await this.#pending.own();
    const found = own.filter(({ id }) => !this.#known.has(id));
    for (const entry of found) this.#known.set(entry.id, entry);
    return { entries: found.map(({ id }) => id), strange: [] };
  }

  async read(entry: string): Promise<Buffer> {
    const rows = await this.#pending.read(entry);
    if (rows) return rows;
    this.#known.delete(entry);
    throw new EntryGone(`entry ${entry} is stored, or belongs to another process`);
  }

  async setAside(entry: string, why: unknown): Promise<string> {
    await this.#pending.setAside(entry, why instanceof Error ? why.message : String(why));
    this.#known.delete(entry);
    return `pending_deliveries ${entry}`;
  }

  aside(): Promise<Aside> {
    return this.#pending.aside();
  }

  /** A server's rows are durable once it has taken them, so only the entries remain to be forgotten. */
  checkpoint(): Promise<void> {
    return this.#taken.forgotten();
  }

  async settle(operation_id: number, import_number: number): Promise<void> {
    await this.#taken.forgotten();
    const before = new Set(await this.#pending.idsOf(operation_id, import_number));
    for (const until_ms = performance.now() + SETTLE_MAX_MS; before.size > 0; await sleep(LOOK_AGAIN_MS)) {
      if (performance.now() > until_ms)
        throw new EngineUnavailable('attempts of the import still wait to be stored');
      const now = new Set(await this.#pending.idsOf(operation_id, import_number));
      for (const id of before) if (!now.has(id)) before.delete(id);
    }
  }

  async close(): Promise<void> {
    await this.#taken.close();
  }

  async abandon(): Promise<void> {
    await this.#taken.abandon();
  }
}

/** Looks at which a node must have stood still. */
const LOOKS = 8;

const NOBODY = '';

interface ModelledNode {
  /** Of itself; the table has what it was at the last of its own looks. */
  beats: number;
  readonly watched: Map<string, { readonly beats: number | undefined; readonly looks: number }>;
  /** Keys that it has under way in its memory, with their bodies. */
  readonly keys: Map<string, string>;
}

interface Key {
  /** Who has it under way; undefined when it was answered. */
  readonly owner: string | undefined;
  readonly fingerprint: string;
  readonly received: number;
}

export type ClaimOutcome = 'stores' | 'waits' | 'conflict' | number;

/** What nodes of one database own, in a few maps: told of each thing that one of them does, it says what comes of it. */
export class NodesModel {
  readonly #slots: number;
  /** By id, the beats of each node in the table. */
  readonly #table = new Map<string, number>();
  readonly #nodes = new Map<string, ModelledNode>();
  readonly #leases = new Map<number, string>();
  readonly #keys = new Map<string, Key>();
  readonly #turns = new Map<string, number>();
  readonly imports = new Map<string, { readonly state: string; readonly owner: string }>();
  readonly deliveries = new Map<string, string>();
  #next = 0;
  #has_raised = false;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** @returns whether it took what a stop had left */
  start(id: string): boolean {
    this.#nodes.set(id, { beats: 0, watched: new Map(), keys: new Map() });
    this.#table.set(id, 0);
    return this.#handOver(NOBODY, id);
  }

  kill(id: string): void {
    this.#nodes.delete(id);
  }

  stop(id: string): void {
    this.kill(id);
    this.#table.delete(id);
    this.#end(id);
    this.#handOver(id, NOBODY);
  }

  /** @returns whether it took anything over */
  look(id: string): boolean {
    const node = this.#node(id);
    node.beats += 1;
    this.#table.set(id, node.beats);
    let took = this.#handOver(NOBODY, id);
    const dead: string[] = [];
    const others = [...new Set([...this.#table.keys(), ...this.#owners()])].filter((other) => other !== id);
    for (const gone of [...node.watched.keys()].filter((other) => !others.includes(other)))
      node.watched.delete(gone);
    for (const other of others) {
      const beats = this.#table.get(other);
      const before = node.watched.get(other);
      const looks = before && before.beats === beats ? before.looks + 1 : 0;
      node.watched.set(other, { beats, looks });
      if (looks >= LOOKS) dead.push(other);
    }
    for (const other of dead) {
      node.watched.delete(other);
      this.#table.delete(other);
      this.#end(other);
      this.#handOver(other, id);
      this.#has_raised = true;
      took = true;
    }
    return took;
  }

  /** @returns the slot; undefined when there is none */
  admit(id: string): number | undefined {
    if (this.#leases.size >= this.#slots) return undefined;
    this.#next += 1;
    this.#leases.set(this.#next, id);
    return this.#next;
  }

  release(slot: number): void {
    this.#leases.delete(slot);
  }

  leases(): string[] {
    return [...this.#leases.values()].sort();
  }

  /** @returns whether it is noted */
  note(id: string, import_id: string, state: string): boolean {
    const seen = this.imports.get(import_id);
    if (seen?.owner !== id || seen.state !== 'running') return false;
    this.imports.set(import_id, { state, owner: id });
    return true;
  }

  /** @returns whether it is this node's to take back; undefined is a conflict */
  undo(id: string, import_id: string): boolean | undefined {
    const seen = this.imports.get(import_id);
    if (seen?.state === 'running') return undefined;
    if (seen?.state === 'undoing') return seen.owner === id;
    this.#begin(id, import_id);
    return true;
  }

  /** @returns whether it is to be taken back once more */
  again(id: string, import_id: string): boolean {
    if (!['undoing', 'undone'].includes(this.imports.get(import_id)?.state ?? '')) return false;
    this.#begin(id, import_id);
    return true;
  }

  #begin(id: string, import_id: string): void {
    this.imports.set(import_id, { state: 'undoing', owner: id });
    this.#turns.set(import_id, this.turnOf(import_id) + 1);
  }

  /** How often it was begun. */
  turnOf(import_id: string): number {
    return this.#turns.get(import_id) ?? 0;
  }

  undone(id: string, import_id: string, turn: number): void {
    const seen = this.imports.get(import_id);
    if (seen?.owner !== id || seen.state !== 'undoing' || turn !== this.turnOf(import_id)) return;
    this.imports.set(import_id, { state: 'undone', owner: id });
  }

  undosOf(id: string): string[] {
    return [...this.imports]
      .filter(([, { state, owner }]) => state === 'undoing' && owner === id)
      .map(([import_id]) => import_id)
      .sort();
  }

  claim(id: string, key: string, fingerprint: string): ClaimOutcome {
    const { keys } = this.#node(id);
    const in_memory = keys.get(key);
    if (in_memory !== undefined) return in_memory === fingerprint ? 'waits' : 'conflict';
    const seen = this.#keys.get(key);
    if (seen) {
      if (seen.fingerprint !== fingerprint) return 'conflict';
      return seen.owner === undefined ? seen.received : 'waits';
    }
    this.#keys.set(key, { owner: id, fingerprint, received: 0 });
    keys.set(key, fingerprint);
    return 'stores';
  }

  /** @param received undefined when it failed */
  answer(id: string, key: string, received: number | undefined): void {
    const { keys } = this.#node(id);
    const fingerprint = keys.get(key) ?? '';
    keys.delete(key);
    const seen = this.#keys.get(key);
    if (seen && seen.owner !== id) return;
    if (received !== undefined) this.#keys.set(key, { owner: undefined, fingerprint, received });
    else this.#keys.delete(key);
  }

  /** By key, who has it under way, or what was received. */
  keysAsStored(): Map<string, string | number> {
    return new Map(Array.from(this.#keys, ([key, { owner, received }]) => [key, owner ?? received]));
  }

  deliveriesOf(id: string): string[] {
    return [...this.deliveries]
      .filter(([, owner]) => owner === id)
      .map(([delivery]) => delivery)
      .sort();
  }

  /** @returns those that were not this node's */
  delivered(id: string, some: readonly string[]): string[] {
    return some.filter((delivery) => {
      if (this.deliveries.get(delivery) !== id) return true;
      this.deliveries.delete(delivery);
      return false;
    });
  }

  /** The nodes in the table. */
  present(): string[] {
    return [...this.#table.keys()].sort();
  }

  /** Whether versions rose since it was asked last. */
  hasRaised(): boolean {
    const raised = this.#has_raised;
    this.#has_raised = false;
    return raised;
  }

  #node(id: string): ModelledNode {
    const node = this.#nodes.get(id);
    if (!node) throw new Error('it does not run');
    return node;
  }

  *#owners(): Generator<string> {
    yield* this.#leases.values();
    yield* this.deliveries.values();
    for (const { state, owner } of this.imports.values())
      if (['running', 'undoing'].includes(state)) yield owner;
    for (const { owner } of this.#keys.values()) if (owner !== undefined) yield owner;
  }

  #end(id: string): void {
    for (const [slot, owner] of this.#leases) if (owner === id) this.#leases.delete(slot);
    for (const [key, { owner }] of this.#keys) if (owner === id) this.#keys.delete(key);
    for (const [import_id, { state, owner }] of this.imports)
      if (owner === id && state === 'running') this.imports.set(import_id, { state: 'interrupted', owner });
  }

  #handOver(from: string, to: string): boolean {
    let any = false;
    for (const [import_id, { state, owner }] of this.imports) {
      if (owner !== from || state !== 'undoing') continue;
      this.imports.set(import_id, { state, owner: to });
      any = true;
    }
    for (const [delivery, owner] of this.deliveries) {
      if (owner !== from) continue;
      this.deliveries.set(delivery, to);
      any = true;
    }
    return any;
  }
}

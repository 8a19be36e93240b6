/** Until when a telephone is held, by which act; Infinity is until somebody restores it. Seconds. */
interface Hold {
  readonly act: number;
  readonly until_s: number;
  /** Of `add_dnc`: it ends by itself. */
  readonly ends: boolean;
}

/** What the service is to say of a telephone that is put aside. */
export interface Standing {
  readonly act: number;
  readonly until_s: number;
}

/** What acts do to telephones, as plainly as it can be said. Holds of a telephone are few. */
export class QuarantineModel {
  readonly #holds = new Map<string, readonly Hold[]>();

  standing(telephone: string, now_s: number): Standing | undefined {
    const held = this.#inForce(telephone, now_s);
    const [first] = held.sort((a, b) => b.until_s - a.until_s || b.act - a.act);
    return first && { act: first.act, until_s: first.until_s };
  }

  all(now_s: number): Map<string, Standing> {
    const found = new Map<string, Standing>();
    for (const telephone of [...this.#holds.keys()].sort()) {
      const standing = this.standing(telephone, now_s);
      if (standing) found.set(telephone, standing);
    }
    return found;
  }

  /** @returns how many it takes */
  quarantine(act: number, telephones: readonly string[], until_s: number, now_s: number): number {
    let taken = 0;
    for (const telephone of new Set(telephones)) {
      const before = this.standing(telephone, now_s);
      if (before && before.until_s >= until_s) continue;
      this.#holds.set(telephone, [...this.#inForce(telephone, now_s), { act, until_s, ends: false }]);
      taken += 1;
    }
    return taken;
  }

  /** @param entries the later of two with one telephone holds */
  block(act: number, entries: ReadonlyMap<string, number>, now_s: number): void {
    for (const [telephone, until_s] of entries) {
      const others = this.#inForce(telephone, now_s).filter(({ ends }) => !ends);
      this.#holds.set(telephone, [...others, { act, until_s, ends: true }]);
    }
  }

  restore(telephones: readonly string[], now_s: number): number {
    let restored = 0;
    for (const telephone of new Set(telephones)) {
      if (this.standing(telephone, now_s)) restored += 1;
      this.#holds.delete(telephone);
    }
    return restored;
  }

  undo(act: number, now_s: number): number {
    let restored = 0;
    for (const telephone of this.#holds.keys()) {
      const holds = this.#inForce(telephone, now_s);
      if (!holds.some((hold) => hold.act === act)) continue;
      const was_strongest = this.standing(telephone, now_s)?.act === act;
      if (was_strongest) restored += 1;
      const others = holds.filter((hold) => hold.act !== act && (!was_strongest || hold.until_s > now_s));
      this.#holds.set(telephone, others);
    }
    return restored;
  }

  /** Lets go what is due; there is never more than may come up at once. */
  retest(now_s: number): void {
    for (const [telephone, holds] of this.#holds) {
      if (holds.every(({ until_s }) => until_s <= now_s)) this.#holds.delete(telephone);
    }
  }

  #inForce(telephone: string, now_s: number): Hold[] {
    const holds = this.#holds.get(telephone) ?? [];
    return holds.filter(({ ends, until_s }) => !ends || until_s > now_s);
  }
}

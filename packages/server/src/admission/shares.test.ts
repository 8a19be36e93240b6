import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from './refused.js';
import { type Holding, noMoreThanIsLeft, oneOrWhatIsLeft, Shares } from './shares.js';

/** A share that does not depend on the others. The service has none like it, and the promises hold for it too. */
const atMost = (amount: number) => () => amount;

/**
 * Shares as a plain model: a list of who holds what, and of who waits, in the order of the turns. It is written from the promises
 * and not from the code: it looks at everything anew each time.
 */
class Model {
  readonly total: number;
  readonly share: (free: number) => number;
  readonly waiting_max: number;
  turns: string[] = [];
  places: { id: number; key: string; held: number }[] = [];
  waiting: { id: number; key: string; amount: number }[] = [];
  readonly outcomes = new Map<number, string[]>();

  constructor(total: number, share: (free: number) => number, waiting_max: number) {
    this.total = total;
    this.share = share;
    this.waiting_max = waiting_max;
  }

  heldBy(key: string) {
    return this.places.filter((place) => place.key === key).reduce((sum, { held }) => sum + held, 0);
  }

  get held() {
    return this.places.reduce((sum, { held }) => sum + held, 0);
  }

  mayTake(key: string, amount: number, held_by_others = this.held - this.heldBy(key)) {
    const held = this.heldBy(key) + amount;
    const free = this.total - held_by_others - held;
    return free >= 0 && held <= this.share(free);
  }

  open(id: number, key: string) {
    this.places.push({ id, key, held: 0 });
    this.outcomes.set(id, []);
    if (!this.turns.includes(key)) this.turns.push(key);
  }

  grow(id: number, amount: number) {
    const place = this.placeOf(id);
    const ahead = this.waiting.filter(({ key }) => key === place.key).length;
    if (ahead === 0 && this.mayTake(place.key, amount)) this.give(id, amount);
    else if (ahead >= this.waiting_max) this.outcomes.get(id)?.push('refused');
    else this.waiting.push({ id, key: place.key, amount });
    this.settle();
  }

  leave(id: number, how: string) {
    this.waiting = this.waiting.filter((one) => one.id !== id);
    this.outcomes.get(id)?.push(how);
  }

  release(id: number) {
    const { key } = this.placeOf(id);
    if (this.waiting.some((one) => one.id === id)) this.leave(id, 'refused');
    this.places = this.places.filter((place) => place.id !== id);
    if (!this.places.some((place) => place.key === key)) this.turns = this.turns.filter((one) => one !== key);
    this.settle();
  }

  settle() {
    for (;;) {
      const first = (key: string) => this.waiting.find((one) => one.key === key);
      const turn = this.turns.find((key) => {
        const one = first(key);
        return one && this.mayTake(key, one.amount);
      });
      const next = turn === undefined ? undefined : first(turn);
      if (turn !== undefined && next) {
        this.waiting = this.waiting.filter((one) => one !== next);
        this.turns = [...this.turns.filter((key) => key !== turn), turn];
        this.give(next.id, next.amount);
        continue;
      }
      const loser = this.loser();
      if (loser === undefined) return;
      this.leave(loser, 'refused');
    }
  }

  /** The one that is refused because nobody will ever give back anything that would help: the youngest. */
  loser(): number | undefined {
    if (this.waiting.length === 0) return undefined;
    const heads = this.turns.flatMap((key) => this.waiting.filter((one) => one.key === key).slice(0, 1));
    const waits = (id: number) => this.waiting.some((one) => one.id === id);
    const holders = this.places.filter(({ held }) => held > 0);
    const youngest = (ids: number[]) => Math.max(...ids);
    if (holders.every(({ id }) => waits(id))) {
      if (holders.length === 0) return youngest(heads.map(({ id }) => id));
      const most = Math.max(...this.turns.map((key) => this.heldBy(key)));
      const fattest = this.turns.find((key) => this.heldBy(key) === most);
      return youngest(holders.filter(({ key }) => key === fattest).map(({ id }) => id));
    }
    for (const head of heads) {
      const own = holders.filter(({ key }) => key === head.key);
      if (this.mayTake(head.key, head.amount, 0) || !own.every(({ id }) => waits(id))) continue;
      return own.length === 0 ? head.id : youngest(own.map(({ id }) => id));
    }
    return undefined;
  }

  give(id: number, amount: number) {
    this.placeOf(id).held += amount;
    this.outcomes.get(id)?.push('served');
  }

  placeOf(id: number) {
    const place = this.places.find((one) => one.id === id);
    if (!place) throw new Error('gone');
    return place;
  }
}

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('open' as const), key: fc.constantFrom('a', 'b', 'c') }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('grow' as const),
      nr: fc.nat(),
      amount: fc.integer({ min: 1, max: 7 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('release' as const), nr: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('hang up' as const), nr: fc.nat() }) },
);

const options = fc.record({
  total: fc.integer({ min: 1, max: 20 }),
  share: fc.constantFrom(noMoreThanIsLeft, oneOrWhatIsLeft, atMost(1), atMost(4), atMost(20)),
  waiting_max: fc.constantFrom(0, 1, 3, Number.POSITIVE_INFINITY),
});

test('shares are given, waited for and refused as the model says, and never above the total or a share', async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      options,
      fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
      async (given, steps) => {
        const shares = new Shares(given);
        const model = new Model(given.total, given.share, given.waiting_max);
        const open = new Map<number, { holding: Holding; caller: AbortController }>();
        const outcomes = new Map<number, string[]>();
        let opened = 0;
        const pick = (nr: number) => [...open.keys()][nr % Math.max(1, open.size)];
        for (const one of steps) {
          if (one.do === 'open') {
            opened += 1;
            open.set(opened, { holding: shares.open(one.key), caller: new AbortController() });
            outcomes.set(opened, []);
            model.open(opened, one.key);
          } else {
            const waiting = model.waiting[one.nr % Math.max(1, model.waiting.length)]?.id;
            const id = one.do === 'hang up' ? waiting : pick(one.nr);
            const mine = id === undefined ? undefined : open.get(id);
            if (id === undefined || !mine) continue;
            const { holding, caller } = mine;
            if (one.do === 'grow') {
              if (holding.waits || caller.signal.aborted) continue;
              const note = (what: string) => outcomes.get(id)?.push(what);
              holding.grow(one.amount, { wait_ms: 60_000, signal: caller.signal }).then(
                () => note('served'),
                (error) => note(error instanceof Refused ? 'refused' : String(error)),
              );
              model.grow(id, one.amount);
            } else if (one.do === 'release') {
              holding.release();
              holding.release(); // a second call does nothing
              open.delete(id);
              model.release(id);
              // It cannot take anything any more either, whatever else its key has open.
              await expect(holding.grow(1, { wait_ms: 60_000 })).rejects.toThrow('given back');
            } else {
              caller.abort('hung up');
              model.leave(id, 'hung up');
              model.settle();
            }
          }
          await new Promise(setImmediate);
          for (const key of ['a', 'b', 'c']) {
            expect(shares.heldBy(key)).toBe(model.heldBy(key));
            expect(shares.heldBy(key)).toBeLessThanOrEqual(given.share(given.total - model.heldBy(key)));
          }
          expect(shares.figures()).toMatchObject({ held: model.held, waiting: model.waiting.length });
          expect(model.held).toBeLessThanOrEqual(given.total);
          expect(outcomes).toEqual(model.outcomes);
        }
        for (const { holding } of open.values()) holding.release();
        expect(shares.figures()).toMatchObject({ held: 0, waiting: 0 });
        for (const all of outcomes.values())
          for (const what of all) seen.set(what, (seen.get(what) ?? 0) + 1);
      },
    ),
    { numRuns: 500 },
  );
  // Every possible outcome of a request occurred, and often.
  for (const what of ['served', 'refused', 'hung up']) expect(seen.get(what) ?? 0).toBeGreaterThan(20);
});

test('a request that waits too long is refused, and whoever waited after it is served', async () => {
  const shares = new Shares({ total: 10, share: atMost(10), waiting_max: 9 });
  const [first, large, small] = [shares.open('a'), shares.open('a'), shares.open('a')];
  await first.grow(6, { wait_ms: 0 });
  const refused = large.grow(10, { wait_ms: 20 });
  const served = small.grow(4, { wait_ms: 60_000 });
  await expect(refused).rejects.toBeInstanceOf(Refused);
  await served;
  expect(shares.figures()).toEqual({ limit: 10, held: 10, waiting: 0, refused: 1 });
});

test('whoever comes next finds something, however many have taken all that they may', async () => {
  const shares = new Shares({ total: 2 ** 20, share: noMoreThanIsLeft, waiting_max: 0 });
  for (let keys = 1; keys <= 10; keys += 1) {
    const holding = shares.open(`key ${keys}`);
    let taken = 0;
    for (let step = 2 ** 19; step >= 1; step /= 2) {
      await holding.grow(step, { wait_ms: 0 }).then(
        () => (taken += step),
        () => undefined,
      );
    }
    expect(taken).toBe(2 ** (20 - keys));
  }
});

test.each([
  [8, [4, 2, 1, 1]],
  [4, [2, 1, 1]],
  [3, [1, 1, 1]],
  [1, [1]],
])('of %i places those who come one after another get %j, and all are of use', async (total, expected) => {
  const shares = new Shares({ total, share: oneOrWhatIsLeft, waiting_max: 0 });
  for (const [nr, places] of expected.entries()) {
    let taken = 0;
    for (let tried = 0; tried < total; tried += 1) {
      const place = shares.open(`key ${nr}`);
      await place.grow(1, { wait_ms: 0 }).then(
        () => (taken += 1),
        () => place.release(),
      );
    }
    expect(taken).toBe(places);
  }
});

test('others wait when another key does, and no key counts as another for itself', async () => {
  const shares = new Shares({ total: 2, share: oneOrWhatIsLeft, waiting_max: 1 });
  const [first, second] = [shares.open('a'), shares.open('a')];
  await first.grow(1, { wait_ms: 0 });
  const waiting = second.grow(1, { wait_ms: 60_000 });
  expect([shares.othersWait('a'), shares.othersWait('b')]).toEqual([false, true]);
  first.release();
  await waiting;
  expect([shares.othersWait('a'), shares.othersWait('b')]).toEqual([false, false]);
});

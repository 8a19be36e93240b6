import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askerKey, askingFor } from './asker.js';
import { Owed } from './owed.js';
import { AccountsUnavailable } from './unavailable.js';

const own = new Error('UNIQUE constraint failed');
const unavailable = new AccountsUnavailable('full', new Error('SQLITE_FULL'));

/** Work that fails as long as `failure` is there, and counts its tries. */
class Work {
  tries = 0;
  failure: Error | undefined;

  constructor(failure: Error) {
    this.failure = failure;
  }

  readonly do = async () => {
    this.tries += 1;
    if (this.failure) throw this.failure;
  };
}

function owed() {
  const told: string[] = [];
  return { told, owed: new Owed((message) => told.push(message), 20) };
}

test('what is tried again is asked for nobody: whosever failed first, the others wait in no line of his', async () => {
  const { owed: list } = owed();
  const asked: string[] = [];
  const settle = (key: string) =>
    askingFor({ key }, () =>
      list.settle(`the release of a slot of ${key}`, async () => {
        asked.push(askerKey());
        if (asked.length <= 2) throw unavailable;
      }),
    );
  await settle('one');
  await settle('two');
  while (list.size > 0) await sleep(1);
  expect(asked).toEqual(['one', 'two', askerKey(), askerKey()]);
  await list.close();
});

test('work that can never succeed holds up nothing after it, and is given up after five tries', async () => {
  const { owed: list, told } = owed();
  const [never, later] = [new Work(own), new Work(unavailable)];
  await list.settle('the end of an import', never.do);
  await list.settle('the release of a slot', later.do);
  later.failure = undefined;
  while (list.size > 1) await sleep(1);
  expect([never.tries < 5, later.tries]).toEqual([true, 2]);
  while (list.size > 0) await sleep(2);
  expect([never.tries, later.tries]).toEqual([5, 2]);
  expect(told.at(-1)).toBe('the end of an import failed 5 times, and is given up');
  await list.close();
});

test('while the accounts cannot be used a turn ends with the first failure, and nothing is given up', async () => {
  const { owed: list } = owed();
  const [first, second] = [new Work(unavailable), new Work(unavailable)];
  await list.settle('1', first.do);
  await list.settle('2', second.do);
  while (first.tries < 20) await sleep(2);
  expect([second.tries, list.size]).toEqual([1, 2]);
  for (const work of [first, second]) work.failure = undefined;
  while (list.size > 0) await sleep(2);
  await list.close();
});

test('no more is kept than 64 MiB, and what does not fit is reported', async () => {
  const { owed: list, told } = owed();
  const size = 8 * 1024 ** 2;
  for (let nr = 0; nr < 9; nr += 1) await list.settle(`import ${nr}`, new Work(unavailable).do, size);
  expect(list.size).toBe(8);
  expect(told.at(-1)).toBe('import 8 failed, and is given up: too much is owed');
  await list.settle('a slot', new Work(unavailable).do);
  expect(list.size).toBe(9);
  await list.close();
});

test('the last try of all is made at the end', async () => {
  const list = new Owed(() => undefined, 60_000);
  const [never, later] = [new Work(own), new Work(own)];
  await list.settle('1', never.do);
  await list.settle('2', later.do);
  later.failure = undefined;
  await list.close();
  expect([never.tries, later.tries, list.size]).toEqual([2, 2, 1]);
});

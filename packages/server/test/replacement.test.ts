import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, NOVEMBER, TestService } from './harness.js';
import { digits } from './model/wall-clock.js';

/** An attempt counts once, and its latest delivery holds. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

test('delivered A, then B, then A again: A holds, at once and after a restart', async () => {
  const operation = await service.operation();
  const a = attempt({ result: 'busy' });
  const b = { ...a, result: 'failed' };
  const results = async () => (await operation.campaign8(1001, ...NOVEMBER)).json.data;
  const row = (busy: string, failed: string) => [
    {
      telephone: a.telephone,
      total_machine_recognitions: '1',
      no_answer: '0',
      answer_machine: '0',
      busy,
      congestion: '0',
      failed,
    },
  ];
  await operation.upload([a]);
  expect(await results()).toEqual(row('1', '0'));
  await operation.upload([b]);
  expect(await results()).toEqual(row('0', '1'));
  await operation.upload([a]);
  expect(await results()).toEqual(row('1', '0'));
  await service.restart();
  expect(await results()).toEqual(row('1', '0'));
  await operation.upload([b]);
  expect(await results()).toEqual(row('0', '1'));
});

test('in one upload the later record of an identity wins, whatever lies between', async () => {
  const operation = await service.operation();
  const twice = attempt({ telephone: '5', result: 'busy' });
  const others = Array.from({ length: 5_000 }, (_, i) => attempt({ telephone: String(i) }));
  await operation.upload([twice, ...others, { ...twice, result: 'congestion' }]);
  const page = await operation.campaign8(1001, ...NOVEMBER);
  const row = page.json.data.find(({ telephone }) => telephone === '5');
  expect(row).toMatchObject({ total_machine_recognitions: '2', busy: '0', congestion: '1', no_answer: '1' });
});

test('a replacement that is no machine recognition takes the row away', async () => {
  const operation = await service.operation();
  const first = attempt();
  await operation.upload([first]);
  await operation.upload([{ ...first, result: 'answer' }]);
  expect((await operation.campaign8('all', ...NOVEMBER)).status).toBe(404);
});

test('a later delivery holds although the clock was set back', async () => {
  const operation = await service.operation();
  const first = attempt({ result: 'busy' });
  await operation.upload([first]);
  service.ahead_ms = -3_600_000;
  await operation.upload([{ ...first, result: 'failed' }]);
  service.ahead_ms = 0;
  const [row] = (await operation.campaign8('all', ...NOVEMBER)).json.data;
  expect(row).toMatchObject({ busy: '0', failed: '1' });
});

test.each([
  [
    'forward',
    'Europe/Madrid',
    Date.UTC(2026, 2, 29, 2, 0, 0) / 1_000,
    Date.UTC(2026, 2, 29, 1, 0, 0) / 1_000,
  ],
  ['back', 'Europe/Madrid', Date.UTC(2026, 9, 25, 2, 0, 0) / 1_000, Date.UTC(2026, 9, 25, 0, 0, 0) / 1_000],
])(
  'windows that follow each other second by second add up to the whole, the clock going %s',
  async (_way, time_zone, wall_s, change_s) => {
    const operation = await service.operation({ time_zone });
    // One dial every minute, from three hours before the change to four after it.
    const dials = Array.from({ length: 7 * 60 }, (_, minute) =>
      attempt({
        telephone: String(minute),
        dialed_at: new Date((change_s + (minute - 180) * 60) * 1_000).toISOString(),
      }),
    );
    await operation.upload(dials);
    const [from, to] = [wall_s - 6 * 3_600, wall_s + 6 * 3_600];
    const count = async (first: number, last: number) => {
      const { json } = await operation.campaign8('all', digits(first), digits(last));
      return json.data.length;
    };
    expect(await count(from, to)).toBe(dials.length);
    for (const cut of [-5_400, -3_600, -1_800, -1, 0, 1, 900, 1_800, 3_599, 3_600, 5_400]) {
      const parts = (await count(from, wall_s + cut)) + (await count(wall_s + cut + 1, to));
      expect([cut, parts]).toEqual([cut, dials.length]);
    }
  },
);

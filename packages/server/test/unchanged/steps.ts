import fc from 'fast-check';

/** What may happen between two times that somebody asks, to which node, and what stands still meanwhile. */

const TELEPHONES = ['573001', '573002'];
/** Around midnight in Bogota and in UTC, and of an hour its first and last second. */
export const TIMES: readonly string[] = [
  '2026-10-03T23:59:59-05:00',
  '2026-10-04T00:00:00-05:00',
  '2026-10-03T23:59:59Z',
  '2026-10-04T12:00:00-05:00',
  '2026-10-04T12:59:59-05:00',
];
/** Of attempts that come late: hours, and a day, in which nobody was dialed before. The second is midnight in Kolkata. */
const LATE: readonly string[] = ['2026-10-04T03:20:00Z', '2026-10-03T18:30:00Z', '2026-10-17T09:00:00-05:00'];
/** The last of them is one in which nobody was dialed before. */
const CAMPAIGNS = [1, 2, 3];

/** What clocks show: the last millisecond of a window, when it is over, and long after. */
const CLOCKS = [
  '2026-10-04T04:59:59.999Z',
  '2026-10-04T05:00:00Z',
  '2026-10-04T17:04:59.999Z',
  '2026-10-04T17:05:00Z',
  '2026-10-05T05:00:00Z',
  '2026-11-01T04:59:59.999Z',
  '2026-11-28T12:00:00Z',
].map((time) => Date.parse(time));

const PATCHES: Record<string, unknown>[] = [
  { time_zone: 'UTC' },
  { time_zone: 'Asia/Kolkata' },
  { time_zone: 'America/Bogota' },
  { reply_profile: { code: 'string' } },
  { reply_profile: { code: 'number' } },
  { reply_profile: { empty_status: 200 } },
  { reply_profile: { empty_status: 404 } },
  { limits: { max_rows: 1 } },
  { limits: { max_rows: 50 } },
];

const campaign = fc.constantFrom(...CAMPAIGNS);
const sent = fc.record({
  telephone: fc.constantFrom(...TELEPHONES),
  attempt_id: fc.constantFrom('a', 'b'),
  result: fc.constantFrom('busy', 'failed', 'answer_machine'),
  dialed_at: fc.constantFrom(...TIMES, ...LATE),
  amd: fc.constant('machine'),
  customer_id: fc.option(fc.constantFrom('c1', 'c2'), { nil: undefined }),
});
const attempts = fc.array(sent, { minLength: 1, maxLength: 4 });

const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('upload' as const), campaign, attempts }) },
  fc.record({ kind: fc.constant('import' as const), campaign, attempts, replace: fc.boolean() }),
  fc.record({ kind: fc.constant('undo' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('many hours' as const), campaign }),
  fc.record({
    kind: fc.constant('customers' as const),
    campaign,
    customer_id: fc.constantFrom('c1', 'c2'),
    customer_name: fc.constantFrom('Luz', 'Ana'),
    tel1: fc.constantFrom(...TELEPHONES),
  }),
  fc.record({ kind: fc.constant('settings' as const), patch: fc.constantFrom(...PATCHES) }),
  fc.record({ kind: fc.constant('name' as const), campaign, name: fc.constantFrom('one', 'other') }),
  fc.record({ kind: fc.constant('new campaign' as const) }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('clock' as const), at_ms: fc.constantFrom(...CLOCKS) }),
  },
);
export type Change = typeof change extends fc.Arbitrary<infer Value> ? Value : never;

/** Where replies stand still until a change is done, or the change does until replies are made. */
export const HOLDS = ['before versions', 'behind reading', 'before writing'] as const;
export type Hold = (typeof HOLDS)[number];

export interface Step {
  readonly change: Change;
  readonly node: number;
  readonly hold: Hold | undefined;
}

export const step: fc.Arbitrary<Step> = fc.record({
  change,
  node: fc.nat(1),
  hold: fc.option(fc.constantFrom(...HOLDS), { nil: undefined }),
});

const BUSY = { telephone: '573001', attempt_id: 'a', amd: 'machine', customer_id: 'c1' } as const;
const told = (campaign: number, dialed_at: string, result: 'busy' | 'failed' = 'busy') => ({
  campaign,
  attempts: [{ ...BUSY, dialed_at, result }],
});
const NOON = '2026-10-04T12:00:00-05:00';
const luz = (customer_name: 'Luz' | 'Ana', campaign = 1): Change => ({
  kind: 'customers',
  campaign,
  customer_id: 'c1',
  customer_name,
  tel1: '573001',
});

/** Of yesterday in Bogota: the last millisecond of its window, and of the day that counts calls. */
const BEFORE_MIDNIGHT_MS = Date.parse('2026-10-04T04:59:59.999Z');
/** One after another, each of which changes replies. */
const SHOWN_PATCHES = [
  { time_zone: 'America/Bogota' },
  { reply_profile: { code: 'string' } },
  { reply_profile: { empty_status: 200 } },
  { limits: { max_rows: 1 } },
  { limits: { max_rows: 50 } },
];

const CHANGES: (readonly [Change, Hold?])[] = [
  [luz('Luz'), 'before versions'],
  [luz('Ana'), 'behind reading'],
  [luz('Luz'), 'before writing'],
  [luz('Luz', 2)],
  ...HOLDS.map((hold, at) => [{ kind: 'upload', ...told(1, TIMES[at] ?? '') }, hold] as const),
  [{ kind: 'upload', ...told(1, NOON) }],
  ...LATE.slice(1).map((time) => [{ kind: 'upload', ...told(3, time) }] as const),
  [{ kind: 'import', ...told(2, NOON), replace: false }, 'before writing'],
  [{ kind: 'import', ...told(2, NOON, 'failed'), replace: true }, 'behind reading'],
  [{ kind: 'import', ...told(3, NOON), replace: false }],
  [{ kind: 'undo', which: 2 }, 'before versions'],
  [{ kind: 'undo', which: 1 }, 'behind reading'],
  [{ kind: 'undo', which: 0 }, 'before writing'],
  [{ kind: 'many hours', campaign: 3 }, 'behind reading'],
  [{ kind: 'settings', patch: { time_zone: 'Asia/Kolkata' } }],
  [{ kind: 'upload', ...told(1, LATE[1] ?? '') }],
  ...SHOWN_PATCHES.map((patch) => [{ kind: 'settings', patch }] as const),
  [{ kind: 'name', campaign: 1, name: 'other' }],
  [{ kind: 'new campaign' }],
  // Of one node, then of the other: the window is over, and is open again, and over.
  [{ kind: 'clock', at_ms: BEFORE_MIDNIGHT_MS }],
  [{ kind: 'clock', at_ms: BEFORE_MIDNIGHT_MS }],
  [{ kind: 'upload', ...told(1, TIMES[0] ?? '', 'failed') }],
  [{ kind: 'clock', at_ms: BEFORE_MIDNIGHT_MS + 1 }],
  [{ kind: 'clock', at_ms: BEFORE_MIDNIGHT_MS + 1 }],
];

/** Each kind of change, where it shows, at both nodes in turn. */
export const EVERY_KIND: Step[] = CHANGES.map(([change, hold], at) => ({ change, hold, node: at % 2 }));

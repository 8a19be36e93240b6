import { around, filled, GZIP, gzipped, MIB, MOST } from './bytes.js';
import type { Hostile } from './post.js';

/** Where lists of records go, and what one of them is. */
interface Target {
  readonly name: string;
  readonly path: string;
  record(at: number): Record<string, unknown>;
}

const ATTEMPTS: Target = {
  name: 'attempts',
  path: '/v1/attempts',
  record: (at) => ({
    attempt_id: `h-${at}`,
    campaign_id: 1_001,
    telephone: `57300${at}`,
    dialed_at: '2025-10-03T12:00:00-05:00',
    result: 'no_answer',
  }),
};

const TARGETS: readonly Target[] = [
  ATTEMPTS,
  {
    name: 'add_record',
    path: '/api/v2/campaign.php?api=add_record&campaign_id=1001',
    record: (at) => ({ customer_id: String(at), customer_name: 'Luz', tel1: `57300${at}` }),
  },
  {
    name: 'add_dnc',
    path: '/api/v2/campaign.php?api=add_dnc',
    record: (at) => ({ telephone: `57300${at}`, days_block: 30 }),
  },
];

const RECORDS = 10_000;
const listOf = (length: number, record: (at: number) => unknown): Buffer =>
  Buffer.from(JSON.stringify(Array.from({ length }, (_, at) => record(at))));

/** 10,000 good records, which everything is held against. */
export const GOOD: Hostile = {
  name: 'attempts: 10,000 good records',
  path: ATTEMPTS.path,
  body: once(() => listOf(RECORDS, ATTEMPTS.record)),
};

/** Lists of records that are none, are too many, too deep, too long, or wrong one by one. */
export function hostileLists(): Hostile[] {
  return TARGETS.flatMap(({ name, path, record }) =>
    [...compressed(), ...plain(record)].map((body) => ({ ...body, name: `${name}: ${body.name}`, path })),
  );
}

type Body = Omit<Hostile, 'path'>;

function compressed(): Body[] {
  const bombs: Readonly<Record<string, () => Buffer>> = {
    '[[[[ …': () => filled(MOST, '['),
    '{},{}, …': () => around('[', filled(MOST - 16, '{},'), '{}]'),
    '[],[], …': () => around('[', filled(MOST - 16, '[],'), '[]]'),
    '1,1,1, …': () => around('[', filled(MOST - 16, '1,'), '1]'),
    '{"a":{"a": …': () => filled(MOST, '{"a":'),
    blanks: () => filled(MOST, ' '),
    'one string': () => around('["', filled(MOST - 16, 'a'), '"]'),
    escapes: () => around('["', filled(MOST - 16, '\\u0041'), '"]'),
    '256 MiB of zeros': () => Buffer.alloc(256 * MIB),
  };
  return Object.entries(bombs).map(([name, make]) => ({
    name: `gzip of ${name}`,
    headers: GZIP,
    body: gzipped(make),
  }));
}

function plain(record: Target['record']): Body[] {
  const one = (more: Record<string, unknown>) => listOf(1, (at) => ({ ...record(at), ...more }));
  const bodies: Readonly<Record<string, () => Buffer>> = {
    '31 MiB of blanks': () => filled(31 * MIB, ' \n'),
    'one string of 31 MiB': () => around('["', filled(31 * MIB, 'ñ'), '"]'),
    'a field of 31 MiB': () => one({ opt1: filled(31 * MIB, 'a').toString() }),
    'a number of a million digits': () => around('[{"campaign_id":', filled(MIB, '9'), '}]'),
    'a date of a million digits': () => one({ dialed_at: filled(MIB, '9').toString() }),
    '100,000 keys in one record': () =>
      listOf(1, () => Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 1]))),
    'two million keys that are one': () => around('[{', filled(12 * MIB, '"a":1,'), '"a":1}]'),
    '9,000 times __proto__': () => around('[', filled(31 * 9_000, '{"__proto__":{"__proto__":{}}},'), '{}]'),
    'a million arrays deep': () => around('[', filled(MIB, '['), `${']'.repeat(MIB)}]`),
    'a million objects deep': () => around('[', filled(5 * MIB, '{"a":'), `1${'}'.repeat(MIB)}]`),
    '10,001 records': () => listOf(RECORDS + 1, record),
    '10,000 records, all wrong': () => listOf(RECORDS, () => ({ x: 1, y: 2, z: [] })),
    '10,000 records, wrong in every field': () =>
      listOf(RECORDS, (at) => Object.fromEntries(Object.keys(record(at)).map((name) => [name, []]))),
    '10,000 records of 3 KiB': () => listOf(RECORDS, (at) => ({ ...record(at), opt1: 'é'.repeat(1_000) })),
    'no UTF-8 at the end of 31 MiB': () => Buffer.concat([filled(31 * MIB, ' '), Buffer.from([0xc3, 0x28])]),
  };
  return Object.entries(bodies).map(([name, body]) => ({ name, body }));
}

/** The same as lines. */
export function hostileLines(): Hostile[] {
  const path = ATTEMPTS.path;
  const headers = { 'content-type': 'application/x-ndjson' };
  const bombs: Readonly<Record<string, () => Buffer>> = {
    'empty lines': () => filled(MOST, '\n'),
    '{} a line': () => filled(MOST, '{}\n'),
    '[ a line': () => filled(MOST, '[\n'),
    'one line of [': () => filled(MOST, '['),
    'null a line': () => filled(MOST, 'null\n'),
  };
  return Object.entries(bombs).map(([name, make]) => ({
    name: `lines: gzip of ${name}`,
    path,
    headers: { ...headers, ...GZIP },
    body: gzipped(make),
  }));
}

function once(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

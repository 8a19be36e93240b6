import { around, filled, GZIP, gzipped, MIB } from './bytes.js';
import type { Hostile } from './post.js';

const LINE = 64 * MIB;
const CSV = `format=csv&campaign_id=1001&time_zone=UTC&map=${encodeURIComponent('telephone=a,dialed_at=b,result=c')}`;
const HEAD = 'a,b,c\n';

/** Files that are no files of a dialer, or one line without an end. */
export function hostileFiles(): Hostile[] {
  const files: readonly { name: string; query: string; make: () => Buffer }[] = [
    { name: 'csv, one line of 64 MiB', query: CSV, make: () => around(HEAD, filled(LINE, 'a'), '\n') },
    {
      name: 'csv, a quote that never ends',
      query: CSV,
      make: () => around(`${HEAD}"`, filled(LINE, 'a\n'), ''),
    },
    { name: 'csv, 32 million commas', query: CSV, make: () => around(HEAD, filled(LINE / 2, ','), '\n') },
    { name: 'csv, 32 million quotes', query: CSV, make: () => around(HEAD, filled(LINE / 2, '"'), '\n') },
    { name: 'csv, empty lines', query: CSV, make: () => around(HEAD, filled(LINE / 2, '\n'), '') },
    { name: 'csv, wrong lines', query: CSV, make: () => around(HEAD, filled(16 * MIB, 'x,y,z\n'), '') },
    { name: 'auto, 64 MiB of zeros', query: 'format=auto&campaign_id=1001', make: () => Buffer.alloc(LINE) },
    { name: 'auto, [[[[ …', query: 'format=auto&campaign_id=1001', make: () => filled(LINE, '[') },
    {
      name: 'freeswitch-json, [[[[ …',
      query: 'format=freeswitch-json&campaign_id=1001',
      make: () => filled(LINE, '['),
    },
    {
      name: 'freeswitch-json, {"a": …',
      query: 'format=freeswitch-json&campaign_id=1001',
      make: () => filled(LINE, '{"a":'),
    },
    {
      name: 'freeswitch-json, {}{} …',
      query: 'format=freeswitch-json&campaign_id=1001',
      make: () => filled(LINE / 4, '{}'),
    },
    {
      name: 'asterisk-sql, a text that never ends',
      query: 'format=asterisk-sql&campaign_id=1001&time_zone=UTC',
      make: () => around("INSERT INTO cdr VALUES ('", filled(LINE, "''"), ''),
    },
  ];
  const headers = { 'content-type': 'text/plain' };
  return [
    ...files.map(({ name, query, make }) => ({
      name: `import: ${name}`,
      path: `/v1/imports?${query}`,
      headers,
      body: make,
    })),
    {
      name: 'import: gzip of 256 MiB of one line',
      path: `/v1/imports?${CSV}`,
      headers: { ...headers, ...GZIP },
      body: gzipped(() => around(HEAD, filled(256 * MIB, 'a'), '')),
    },
  ];
}

import { around, filled, MIB } from './bytes.js';
import type { Hostile } from './post.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' } as const;
/** What a hook takes. */
const MOST = MIB - 64;

/** What anybody may send to Twilio's hook: the signature is wrong. */
export function twilioPosts(server: string): Hostile[] {
  const path = `/v1/hooks/twilio?operation=${server}&campaign_id=1001`;
  const headers = { ...FORM, 'x-twilio-signature': Buffer.alloc(20).toString('base64') };
  const named = (count: number) => () =>
    Buffer.from(Array.from({ length: count }, (_, at) => `n${at}=1`).join('&'));
  return [
    { name: 'twilio: unsigned, 64,000 names', path, headers, body: named(64_000) },
    { name: 'twilio: unsigned, 1 MiB of names', path, headers, body: named(110_000) },
    { name: 'twilio: unsigned, 1 MiB of empty names', path, headers, body: () => filled(MOST, '&=') },
    {
      name: 'twilio: unsigned, one name with 150,000 values',
      path,
      headers,
      body: () =>
        Buffer.from(Array.from({ length: 150_000 }, (_, at) => `a=${at.toString(36)}`).join('&')).subarray(
          0,
          MOST,
        ),
    },
    { name: 'twilio: unsigned, 1 MiB of %', path, headers, body: () => filled(MOST, '%') },
    { name: 'twilio: no signature, 32 MiB', path, headers: FORM, body: () => filled(32 * MIB, 'a=1&') },
  ];
}

/** What a switch may send that has a token. */
export function freeswitchPosts(): Hostile[] {
  const path = '/v1/hooks/freeswitch?campaign_id=1001';
  const deep = () => filled(MOST, '{"a":');
  const posts: Readonly<Record<string, () => Buffer>> = {
    'deep JSON': deep,
    'deep arrays': () => around('{"a":', filled(MOST - 16, '['), ''),
    'cdr= in base64, deep': () =>
      Buffer.from(
        `cdr=${deep()
          .subarray(0, MOST * 0.7)
          .toString('base64')}`,
      ),
    'cdr= URL-encoded, deep': () => filled(MOST, 'cdr=%7B%22a%22:%7B'),
    'cdr= with a million &': () => around('cdr=', filled(MOST - 16, '&='), ''),
    'cdr= of blanks': () => around('cdr=', filled(MOST - 16, ' \n'), '!'),
    '170,000 keys': () => around('{', filled(MOST - 16, '"a":1,'), '"a":1}'),
  };
  return Object.entries(posts).map(([name, body]) => ({ name: `freeswitch: ${name}`, path, body }));
}

import { describe, expect, test } from 'vitest';
import { mayReachSchema } from './may-reach.js';
import { type Resolve, WhereToSend } from './where-to.js';

const never: Resolve = () => Promise.reject(new Error('nothing may be looked up'));

function whereTo(may_reach: string, resolve: Resolve = never, resolveNamed: Resolve = never): WhereToSend {
  return new WhereToSend(mayReachSchema.parse(may_reach), resolve, resolveNamed);
}

const finds =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses);

describe('an address in numbers', () => {
  test.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f.0.0.1/',
    'https://017700000001/',
    'https://[::1]:8443/',
    'https://[::ffff:10.0.0.1]/',
    'https://169.254.169.254/latest',
    'http://10.0.0.1/',
  ])('%s is refused at once', async (url) => {
    expect(whereTo('').refusalOf(new URL(url))).toBe('address_not_allowed');
    expect(await whereTo('').of(new URL(url))).toEqual({ failure: 'address_not_allowed' });
  });

  test('is reached where the administrator named its network, with and without TLS', async () => {
    const where = whereTo('127.0.0.0/8');
    for (const url of ['http://127.0.0.1:1/', 'https://127.1/', 'https://[::ffff:127.0.0.1]/']) {
      expect(where.refusalOf(new URL(url))).toBeUndefined();
    }
    expect(await where.of(new URL('http://127.1:1/'))).toEqual({ addresses: ['127.0.0.1'] });
  });

  test('needs TLS where it is public', async () => {
    expect(await whereTo('127.0.0.1').of(new URL('http://8.8.8.8/'))).toEqual({ failure: 'plain_http' });
    expect(await whereTo('').of(new URL('https://8.8.8.8/'))).toEqual({ addresses: ['8.8.8.8'] });
  });
});

describe('a name', () => {
  test('is looked up for each connection: one that is pointed to this machine later leads nowhere', async () => {
    const answers = [['8.8.8.8'], ['127.0.0.1'], ['::ffff:7f00:1', '10.0.0.1']];
    const where = whereTo('', () => Promise.resolve(answers.shift() ?? []));
    const url = new URL('https://rebound.example/');
    expect(await where.of(url)).toEqual({ addresses: ['8.8.8.8'] });
    expect(await where.of(url)).toEqual({ failure: 'address_not_allowed' });
    expect(await where.of(url)).toEqual({ failure: 'address_not_allowed' });
    expect(await where.of(url)).toEqual({ failure: 'unknown_host' });
  });

  test('leads to its public addresses alone', async () => {
    const where = whereTo('', finds('127.0.0.1', '8.8.8.8', 'fe80::1'));
    expect(await where.of(new URL('https://both.example/'))).toEqual({ addresses: ['8.8.8.8'] });
  });

  test('without TLS leads to addresses alone that the administrator named', async () => {
    const where = whereTo('10.20.0.0/16', finds('10.21.0.1', '8.8.8.8', '10.20.0.1'));
    expect(await where.of(new URL('http://mixed.example/'))).toEqual({ addresses: ['10.20.0.1'] });
    const other = whereTo('10.20.0.0/16', finds('8.8.8.8'));
    expect(await other.of(new URL('http://public.example/'))).toEqual({ failure: 'plain_http' });
    expect(whereTo('').refusalOf(new URL('http://public.example/'))).toBe('plain_http');
  });

  test('that the administrator named is looked up as the system does it, and leads anywhere', async () => {
    const where = whereTo('dialer.internal', never, finds('10.0.0.7', 'fd00::7'));
    for (const url of ['http://Dialer.Internal./', 'https://dialer.internal/']) {
      expect(await where.of(new URL(url))).toEqual({ addresses: ['10.0.0.7', 'fd00::7'] });
    }
    expect(await where.of(new URL('https://x.dialer.internal/'))).toEqual({ failure: 'unknown_host' });
  });

  test('that is not found says so', async () => {
    expect(await whereTo('').of(new URL('https://nowhere.example/'))).toEqual({ failure: 'unknown_host' });
    const none = whereTo('', finds('no address'));
    expect(await none.of(new URL('https://nowhere.example/'))).toEqual({ failure: 'unknown_host' });
  });
});

import { describe, expect, test } from 'vitest';
import { isNamedAddress, isPublicAddress, mayReachSchema } from './may-reach.js';

describe('on the public Internet', () => {
  test.each(['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  test.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.255.255.254'],
    ['this machine', '::1'],
    ['this machine', '0.0.0.0'],
    ['this machine', '::'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['private', 'fd00::1'],
    ['private', 'fc00::1'],
    ['link-local, where clouds keep credentials', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['shared by a carrier', '100.64.0.1'],
    ['shared by a carrier', '100.127.255.255'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['for protocols', '192.0.0.1'],
    ['for documentation', '203.0.113.9'],
    ['for documentation', '2001:db8::1'],
    ['for benchmarks', '198.18.0.1'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1'],
    ['IPv4 in IPv6', '::ffff:10.0.0.1'],
    ['IPv4 in IPv6', '::ffff:a9fe:a9fe'],
    ['IPv4 in IPv6, as it once was', '::127.0.0.1'],
    ['IPv4 in IPv6, translated', '64:ff9b::7f00:1'],
    ['IPv4 in IPv6, translated locally', '64:ff9b:1::a00:1'],
    ['IPv4 in IPv6, 6to4', '2002:7f00:1::'],
    ['IPv4 in IPv6, Teredo', '2001:0:7f00:1::'],
  ])('%s: %s is not', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the setting', () => {
  test('takes networks, addresses and host names', () => {
    const may_reach = mayReachSchema.parse(
      ' 10.20.0.0/16, fd00:1::/64 ,192.168.1.9,Dialer.Internal,localhost,',
    );
    expect([...may_reach.hosts]).toEqual(['dialer.internal', 'localhost']);
    const named = ['10.20.255.1', '::ffff:10.20.0.1', 'fd00:1::5', '192.168.1.9'];
    expect(named.map((address) => isNamedAddress(may_reach, address))).toEqual(named.map(() => true));
    const others = ['10.21.0.1', 'fd00:2::5', '192.168.1.8', '::1', '127.0.0.1'];
    expect(others.map((address) => isNamedAddress(may_reach, address))).toEqual(others.map(() => false));
  });

  test('is empty where it is not given', () => {
    expect(mayReachSchema.parse(undefined)).toEqual({ networks: [], hosts: new Set() });
  });

  test.each(['10.0.0.0/33', '10.1', '010.0.0.1', 'http://x', 'a b', '-x', '1.2.3.4.5', '*', '10.0.0.0/8/8'])(
    'refuses %s, and names it',
    (text) => {
      expect(mayReachSchema.safeParse(`dialer,${text}`).error?.issues).toMatchObject([
        { message: `${text} is no network, address or host name` },
      ]);
    },
  );
});

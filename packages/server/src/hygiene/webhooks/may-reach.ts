import ipaddr from 'ipaddr.js';
import { z } from 'zod';

type Address = ReturnType<typeof ipaddr.parse>;

/** Receivers that the administrator allows although they are on a network of his own. */
export interface MayReach {
  readonly networks: readonly (readonly [Address, number])[];
  /** Names, in lower case. */
  readonly hosts: ReadonlySet<string>;
}

/** A host name, as URLs have it: letters, digits, hyphens, underscores and dots. */
const HOST = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/i;

/** Hosts and networks, separated by commas: `10.20.0.0/16, fd00:1::/64, 192.168.1.9, dialer.internal`. */
export const mayReachSchema = z
  .string()
  .max(8_192)
  .default('')
  .transform((text, ctx): MayReach => {
    const networks: (readonly [Address, number])[] = [];
    const hosts = new Set<string>();
    for (const part of text.split(',').map((word) => word.trim())) {
      if (part === '') continue;
      const network = networkOf(part);
      if (network) networks.push(network);
      else if (HOST.test(part) && !/^[\d.]+$/.test(part)) hosts.add(part.toLowerCase());
      else ctx.addIssue({ code: 'custom', message: `${part} is no network, address or host name` });
    }
    return { networks, hosts };
  });

function networkOf(text: string): readonly [Address, number] | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  // ipaddr.js also reads short and octal forms of IPv4, which here are more likely a mistake.
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether the administrator allows this address. */
export function isNamedAddress({ networks }: MayReach, text: string): boolean {
  const address = ipaddr.process(text);
  return networks.some(
    ([network, bits]) => network.kind() === address.kind() && address.match([network, bits]),
  );
}

/** What the Internet's registries give out of IPv6. Everything else is local, or stands for an IPv4 address. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is on the public Internet: not the service's own machine, no private, shared or link-local network, no
 * multicast, and no IPv6 form of such an address.
 */
export function isPublicAddress(text: string): boolean {
  const address = ipaddr.process(text); // ::ffff:10.0.0.1 is 10.0.0.1
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_IPV6);
}

import { Resolver } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { WebhookFailure } from '@recuento/contract';
import { isNamedAddress, isPublicAddress, type MayReach } from './may-reach.js';

/** Looks up the addresses of a host. Rejects, or has none, where it finds none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

type Refusal = Extract<WebhookFailure, 'unknown_host' | 'address_not_allowed' | 'plain_http'>;

/** The addresses that a post may connect to, or why it may not be sent. */
export type WhereTo = { readonly addresses: readonly string[] } | { readonly failure: Refusal };

/**
 * Decides where a post may go. Addresses are looked up anew for each connection, and the connection is made to an address that was
 * checked here: so a name that is pointed elsewhere after it was accepted leads nowhere either.
 *
 * Not allowed are networks that only the service's machine reaches, unless the administrator named the address, its network or the
 * host. Only to those may a post go without TLS.
 */
export class WhereToSend {
  readonly #may_reach: MayReach;
  readonly #resolve: Resolve;
  readonly #resolveNamed: Resolve;

  constructor(
    may_reach: MayReach,
    resolve: Resolve = (host) => resolveByDns(host),
    resolveNamed: Resolve = resolveAsTheSystem,
  ) {
    this.#may_reach = may_reach;
    this.#resolve = resolve;
    this.#resolveNamed = resolveNamed;
  }

  /** What is wrong with an address whatever its host name stands for; undefined: nothing. */
  refusalOf(url: URL): Refusal | undefined {
    const host = hostOf(url);
    const { networks, hosts } = this.#may_reach;
    const is_plain = url.protocol === 'http:';
    if (isIP(host) !== 0) {
      if (isNamedAddress(this.#may_reach, host)) return undefined;
      if (!isPublicAddress(host)) return 'address_not_allowed';
      return is_plain ? 'plain_http' : undefined;
    }
    if (hosts.has(host) || !is_plain) return undefined;
    return networks.length === 0 ? 'plain_http' : undefined; // its address may be on one of them
  }

  /** Never rejects. */
  async of(url: URL): Promise<WhereTo> {
    const refusal = this.refusalOf(url);
    if (refusal !== undefined) return { failure: refusal };
    const host = hostOf(url);
    if (isIP(host) !== 0) return { addresses: [host] };
    if (this.#may_reach.hosts.has(host)) {
      return addressesOr('unknown_host', await found(this.#resolveNamed, host));
    }
    const all = await found(this.#resolve, host);
    if (all.length === 0) return { failure: 'unknown_host' };
    const named = all.filter((address) => isNamedAddress(this.#may_reach, address));
    if (url.protocol === 'http:') return addressesOr('plain_http', named);
    const allowed = all.filter((address) => isPublicAddress(address) || named.includes(address));
    return addressesOr('address_not_allowed', allowed);
  }
}

function addressesOr(failure: Refusal, addresses: readonly string[]): WhereTo {
  return addresses.length > 0 ? { addresses } : { failure };
}

/** The host as names and addresses are compared: without the brackets of IPv6, and without a final dot. */
function hostOf({ hostname }: URL): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

async function found(resolve: Resolve, host: string): Promise<readonly string[]> {
  try {
    const addresses = await resolve(host);
    return addresses.filter((address) => isIP(address) !== 0);
  } catch {
    return [];
  }
}

/**
 * DNS alone. The system's own look-up would hold a thread that all operations share, for as long as a stranger's DNS server likes.
 * Two tries of three seconds end well before a post has to.
 */
const DNS_OPTIONS = { timeout: 3_000, tries: 2 };

/** Resolves with no addresses where there are none. @param servers where to ask; those of the system */
export async function resolveByDns(host: string, servers?: readonly string[]): Promise<readonly string[]> {
  const resolver = new Resolver(DNS_OPTIONS);
  if (servers) resolver.setServers(servers);
  const asked = (['resolve4', 'resolve6'] as const).map(
    (method) =>
      new Promise<readonly string[]>((resolve) => {
        resolver[method](host, (error, addresses) => resolve(error ? [] : addresses));
      }),
  );
  return (await Promise.all(asked)).flat();
}

/** As other programs of the machine look names up, with its file of hosts: for names that the administrator gave. */
async function resolveAsTheSystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

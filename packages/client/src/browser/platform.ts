import { type CallCounter, type Platform, type Release, realSleep, type SlotStore } from '../platform.js';

/** The part of the Web Locks API that is used here. */
interface LockManager {
  request(
    name: string,
    options: { readonly ifAvailable: true },
    held: (lock: unknown) => Promise<void>,
  ): Promise<unknown>;
}

/** The platform in a browser. All pages of an origin share slots if the browser has Web Locks. Each page counts its own calls. */
export function browserPlatform(): Platform {
  const locks = webLocks();
  return {
    slots: locks ? lockSlots(locks) : pageSlots(),
    calls: pageCounter(),
    now_ms: Date.now,
    random: Math.random,
    sleep: realSleep,
    sha256() {
      const pieces: string[] = [];
      return {
        update: (text) => {
          pieces.push(text);
        },
        digest: () => sha256Hex(pieces),
      };
    },
  };
}

const encoder = new TextEncoder();

/** Hashes all pieces at once: Web Cryptography cannot hash piece by piece. */
async function sha256Hex(pieces: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(pieces.join('')));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function webLocks(): LockManager | undefined {
  const { navigator } = globalThis as { navigator?: { locks?: LockManager } };
  return navigator?.locks;
}

/** A lock is held until its callback's promise settles. The browser frees the locks of a closed page. */
function lockSlots(locks: LockManager): SlotStore {
  return {
    take: (token, slot) =>
      new Promise((resolve, reject) => {
        const held = (lock: unknown) => {
          if (lock === null) {
            resolve(undefined);
            return Promise.resolve();
          }
          return new Promise<void>((free) => resolve(async () => free()));
        };
        locks.request(`recuento:${token}:${slot}`, { ifAvailable: true }, held).catch(reject);
      }),
  };
}

function pageSlots(): SlotStore {
  const taken = new Set<string>();
  return {
    async take(token, slot): Promise<Release | undefined> {
      const name = `${token}:${slot}`;
      if (taken.has(name)) return undefined;
      taken.add(name);
      return async () => {
        taken.delete(name);
      };
    },
  };
}

function pageCounter(): CallCounter {
  const counts = new Map<string, number>();
  return {
    async count(token, day) {
      const name = `${token}:${day}`;
      const calls = (counts.get(name) ?? 0) + 1;
      counts.set(name, calls);
      return calls;
    },
  };
}

import { type Reply, readReply } from './envelope.js';
import { LimitError, ReportsError } from './errors.js';
import { exchange, type Fetch } from './exchange.js';
import type { Settings } from './options.js';
import type { Platform, Release } from './platform.js';
import { waitBeforeRetry } from './retry.js';

/** Calls of the day, as far as this client knows. */
export interface CallsToday {
  /** Made by this object. */
  readonly made: number;
  /** Made with this token by all programs of this user on this machine. */
  readonly spent: number;
  /** Calls that are left: of this program's budget, or of the day according to the server, whichever is less. */
  readonly left: number;
}

/** Sends calls to a server: within the slots and the budget, and again if a retry may help. */
export class Caller {
  readonly #settings: Settings;
  readonly #platform: Platform;
  readonly #send: Fetch;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #secret: string;
  #token_name: Promise<string> | undefined;
  #made = 0;
  #spent = 0;
  #left_at_server: number | undefined;

  constructor(settings: Settings, token: string, platform: Platform, send: Fetch) {
    this.#settings = settings;
    this.#platform = platform;
    this.#send = send;
    this.#secret = token;
    this.#headers = {
      'wolkvox-token': token,
      ...(settings.server !== undefined && { wolkvox_server: settings.server }),
      accept: 'application/json',
    };
  }

  get calls(): CallsToday {
    const left = Math.max(0, this.#settings.calls_per_day - this.#spent);
    return { made: this.#made, spent: this.#spent, left: Math.min(left, this.#left_at_server ?? left) };
  }

  /** @throws ReportsError when no try is left; the reason of `signal` when it fired */
  async get(
    path: string,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<Reply> {
    const url = `${this.#settings.base_url}/api/v2/${path}?${new URLSearchParams(query)}`;
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#try(url, signal);
      } catch (error) {
        if (!(error instanceof ReportsError)) throw error;
        const wait_ms = waitBeforeRetry(error, tried, this.#settings, this.#platform.random);
        if (wait_ms === undefined) throw error;
        await this.#platform.sleep(wait_ms, signal);
      }
    }
  }

  async #try(url: string, signal: AbortSignal | undefined): Promise<Reply> {
    const { timeout_ms } = this.#settings;
    const token = await this.#tokenName();
    const release = await this.#takeSlot(token, signal);
    try {
      await this.#spend(token);
      const { now_ms } = this.#platform;
      const { raw, headers } = await exchange(this.#send, {
        url,
        headers: this.#headers,
        timeout_ms,
        signal,
        now_ms,
      });
      this.#left_at_server = leftOfDay(headers.get('ratelimit')) ?? this.#left_at_server;
      return readReply(raw);
    } finally {
      await release();
    }
  }

  async #takeSlot(token: string, signal: AbortSignal | undefined): Promise<Release> {
    const { max_simultaneous, timeout_ms } = this.#settings;
    const { slots, sleep, random } = this.#platform;
    for (;;) {
      signal?.throwIfAborted();
      for (let slot = 0; slot < max_simultaneous; slot += 1) {
        const release = await slots.take(token, slot, timeout_ms + HELD_BEYOND_TIMEOUT_MS);
        if (release) return release;
      }
      await sleep(SLOT_POLL_MS * (0.5 + random()), signal);
    }
  }

  /** @throws LimitError when the budget of the day is used up */
  async #spend(token: string): Promise<void> {
    const { calls_per_day, time_zone } = this.#settings;
    const day = dayIn(time_zone, this.#platform.now_ms());
    this.#spent = await this.#platform.calls.count(token, day);
    if (this.#spent > calls_per_day) {
      this.#spent = calls_per_day;
      throw new LimitError(
        'budget',
        `The ${calls_per_day} calls that programs of this machine may make with this token on ${day} are used up. Raise callsPerDay if the operation has more licences.`,
      );
    }
    this.#made += 1;
  }

  /** Slots and counts are kept under a name that does not reveal the token. */
  #tokenName(): Promise<string> {
    this.#token_name ??= nameOf(this.#platform, `${this.#settings.base_url}\n${this.#secret}`);
    return this.#token_name;
  }
}

/** A slot is held for one request only. One that is held for longer was left by a program that ended. */
const HELD_BEYOND_TIMEOUT_MS = 30_000;
/** A free slot is found within a tenth of a second, and each look costs next to nothing. */
const SLOT_POLL_MS = 50;
const NAME_CHARS = 32;

async function nameOf(platform: Platform, secret: string): Promise<string> {
  const hash = platform.sha256();
  hash.update(secret);
  return (await hash.digest()).slice(0, NAME_CHARS);
}

/** `r` of the policy "day" of the header RateLimit (IETF draft-ietf-httpapi-ratelimit-headers). */
function leftOfDay(header: string | null): number | undefined {
  const [, digits] = /"day"[^,]*;\s*r=(\d{1,15})/.exec(header ?? '') ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** `2026-11-03`. */
function dayIn(time_zone: string, now_ms: number): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: time_zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const at = Object.fromEntries(parts.formatToParts(now_ms).map(({ type, value }) => [type, value]));
  return `${at.year}-${at.month}-${at.day}`;
}

import { serverCodeOf, serverKeyOf } from '@recuento/contract';

/** The auth token with which Twilio signs the callbacks of an operation. */
interface TwilioAuthToken {
  /** Server code of the operation, as the configuration spells it. */
  readonly server: string;
  readonly secret: string;
}

/**
 * The auth tokens of the configuration, by server code in any spelling. Stores of earlier versions may have operations
 * that differ only in their zeros: each has the token under its exact spelling.
 */
export class TwilioAuthTokens {
  readonly #by_code = new Map<string, TwilioAuthToken>();
  readonly #by_key = new Map<string, TwilioAuthToken>();

  /** @param secrets by server code */
  constructor(secrets: Readonly<Record<string, string>>) {
    for (const [named, secret] of Object.entries(secrets)) {
      const server = serverCodeOf(named);
      const token = { server, secret };
      this.#by_code.set(server, token);
      this.#by_key.set(serverKeyOf(server), token);
    }
  }

  of(named: string): TwilioAuthToken | undefined {
    const server = serverCodeOf(named);
    return this.#by_code.get(server) ?? this.#by_key.get(serverKeyOf(server));
  }
}

import { serverCodeOf, serverKeyOf } from '@recuento/contract';

/** What Twilio signs the callbacks of an operation with. */
interface TwilioAuthToken {
  /** Server code of the operation, as the configuration has it. */
  readonly server: string;
  readonly secret: string;
}

/**
 * The auth tokens of the configuration, by server code however it is written. Stores of earlier versions may have operations
 * that differ in their zeros alone: each has the token that is written as it is.
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

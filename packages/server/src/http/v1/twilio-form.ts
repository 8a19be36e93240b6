import { createHmac } from 'node:crypto';
import { RecuentoError } from '@recuento/contract';
import { malformedBody } from '../malformed-body.js';

/** A callback has about forty fields of some hundred bytes at most. */
export const TWILIO_FORM_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 256;

/** A form as Twilio sends it, parsed before its signature is checked. Anybody may have sent it, so it gets a single pass. */
export class TwilioForm {
  readonly #values = new Map<string, Set<string>>();

  /** @throws RecuentoError body-too-large, malformed-body when it has more fields than any callback */
  constructor(body: Buffer) {
    if (body.length > TWILIO_FORM_MAX_BYTES) {
      throw new RecuentoError('body-too-large', { values: { limit: TWILIO_FORM_MAX_BYTES } });
    }
    const fields = new URLSearchParams(body.toString());
    if (fields.size > FIELDS_MAX) throw malformedBody(`ITS FORM HAS MORE THAN ${FIELDS_MAX} FIELDS`);
    for (const [name, value] of fields) {
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, new Set([value]));
      else values.add(value);
    }
  }

  /** The first value with that name, without the spaces around it; '' when there is none. */
  field(name: string): string {
    const [first = ''] = this.#values.get(name) ?? [];
    return first.trim();
  }

  /**
   * The signature that Twilio makes: over the whole address that it was given, query included, followed by the name and
   * value of every parameter of the form, sorted by name: HMAC-SHA1 ("Validating Signatures from Twilio").
   */
  signature(address: string, secret: string): Buffer {
    const hmac = createHmac('sha1', secret).update(address);
    for (const name of [...this.#values.keys()].sort()) {
      for (const value of [...(this.#values.get(name) ?? [])].sort()) hmac.update(name + value);
    }
    return hmac.digest();
  }
}

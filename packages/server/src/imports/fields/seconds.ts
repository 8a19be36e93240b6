import { FIELD_LIMITS } from '@recuento/contract';
import { wholeNumber } from './fields.js';

/** `20.5`, `20,500000`: a fraction is dropped. */
const FRACTION = /^(\d{1,10})[.,]\d{0,20}$/;
/** `1:20`, `00:01:20`, with a fraction or none. */
const CLOCK = /^(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)(?:[.,]\d{1,9})?$/;

/**
 * How long a call was, in whole seconds, where the record tells it. No seconds decide how an attempt ended, so a negative
 * number (of a call that never was up), or what can't be read, is no fault of the record: it is not told.
 */
export function secondsTold(text: string): number | undefined {
  const whole = wholeNumber(text);
  if (whole !== undefined || text === '') return whole;
  const bare = text.trim();
  const fraction = FRACTION.exec(bare)?.[1];
  if (fraction !== undefined) return wholeNumber(fraction);
  const clock = CLOCK.exec(bare);
  if (!clock) return wholeNumber(bare);
  const [hours, minutes, seconds] = [Number(clock[1] ?? 0), Number(clock[2]), Number(clock[3])];
  const told = hours * 3_600 + minutes * 60 + seconds;
  return told <= FIELD_LIMITS.duration_max_s ? told : undefined;
}

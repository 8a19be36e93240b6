import { FIELD_LIMITS } from '@recuento/contract';
import { wholeNumber } from './fields.js';

/** `20.5`, `20,500000`: a fraction is dropped. */
const FRACTION = /^(\d{1,10})[.,]\d{0,20}$/;
/** `1:20`, `00:01:20`, with or without a fraction. */
const CLOCK = /^(?:(\d{1,4}):)?(\d{1,4}):([0-5]\d)(?:[.,]\d{1,9})?$/;

/**
 * The length of a call in whole seconds, or undefined where the record does not give one. Seconds never decide how an
 * attempt ended, so a negative number (of a call that was never connected) or an unreadable one is not a fault of the
 * record: it counts as absent.
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
  const total = hours * 3_600 + minutes * 60 + seconds;
  return total <= FIELD_LIMITS.duration_max_s ? total : undefined;
}

import { Temporal } from 'temporal-polyfill';
import { useOperation, useOperationFormats } from '../../../operation/operation.js';

/** Instants for lists: to the minute, or as days of the operation. */
export interface When {
  /** Nov 29, 2026, 7:18 AM */
  readonly minute: (instant: string) => string;
  /** Nov 29, 2026 */
  readonly day: (instant: string) => string;
}

export function useWhen(): When {
  const { time_zone } = useOperation();
  const formats = useOperationFormats();
  const day = (instant: string) =>
    formats.day(Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDate().toString());
  return { day, minute: (instant) => `${day(instant)}, ${formats.time(instant)}` };
}

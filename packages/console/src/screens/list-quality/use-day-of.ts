import { Temporal } from 'temporal-polyfill';
import { useOperation, useOperationFormats } from '../../operation/operation.js';

/** The day of an instant (RFC 3339), by the operation's clock. */
export function useDayOf(): (instant: string) => string {
  const { time_zone } = useOperation();
  const { day } = useOperationFormats();
  return (instant) =>
    day(Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDate().toString());
}

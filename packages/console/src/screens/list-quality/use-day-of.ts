import { Temporal } from 'temporal-polyfill';
import { useOperation, useOperationFormats } from '../../operation/operation.js';

/** A reason as the service says it, with its days (2026-11-28) as the reader's region writes them. */
export function useReason(): (reason: string) => string {
  const { day } = useOperationFormats();
  return (reason) => reason.replace(/\b\d{4}-\d\d-\d\d\b/g, (iso_day) => day(iso_day));
}

/** The day of an instant (RFC 3339), by the operation's clock. */
export function useDayOf(): (instant: string) => string {
  const { time_zone } = useOperation();
  const { day } = useOperationFormats();
  return (instant) =>
    day(Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDate().toString());
}

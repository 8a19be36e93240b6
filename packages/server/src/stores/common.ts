import type { Accounts } from '../accounts/accounts.js';
import type { Engine } from '../attempts/engine/engine.js';
import { TimeZones } from '../attempts/engine/time-zones.js';
import type { NextDeliveries } from '../attempts/next-deliveries.js';
import type { Start } from './start.js';

/** The time zones that the engine knows. Those of the operations are changed to the engine's spelling. */
export async function mendedTimeZones(
  { log }: Pick<Start, 'log'>,
  engine: Engine,
  accounts: Accounts,
): Promise<TimeZones> {
  const time_zones = await TimeZones.open(engine);
  const unknown = await accounts.operations.mendTimeZones((name) => time_zones.settle(name));
  for (const { server, time_zone } of unknown) {
    log.error({ server, time_zone }, 'the time zone of an operation is unknown: give it another with PATCH');
  }
  return time_zones;
}

export const nextDeliveriesOf =
  ({ numbers }: Accounts): NextDeliveries =>
  (operation_id, count) =>
    numbers.deliveries(operation_id, count);

/** Logs what fails while nobody waits for it. */
export const reportTo =
  ({ log }: Pick<Start, 'log'>) =>
  (message: string, error: unknown): void =>
    log.warn({ err: error }, message);

/** How long the accounts keep their history. */
export const keptBy = ({ config }: Pick<Start, 'config'>) => ({
  usage_days: config.keep_usage_days,
  imports_days: config.keep_imports_days,
});

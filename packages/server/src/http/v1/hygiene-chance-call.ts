import { FIELD_LIMITS } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import type { ChanceRequest } from '../../hygiene/chance/asked.js';
import { CallBudget } from '../../reports/budget.js';
import { keyOf, keyOfOperation } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import type { Services } from '../services.js';
import type { Call } from './native-calls.js';

/** What the calls about probabilities ask with: the time of one call of the operation, and turns as a stream's. */
export function askForChance(
  { services, request, reply }: Call & { readonly services: Services },
  operation: Operation,
): ChanceRequest & { readonly budget: CallBudget } {
  const { desk, replies } = services.admission;
  const admit = () => replies.admit(keyOf(request));
  return {
    engine: services.engine,
    operation_id: operation.id,
    time_zone: operation.time_zone,
    budget: new CallBudget(operation.limits.max_call_ms, hangUpSignal(reply), admit),
    give_turn: desk.stream(keyOfOperation(operation)),
  };
}

/** The moment that is asked about, in seconds since 1970: now, if none is. No attempt lies outside of these bounds. */
export function asOf({ now_ms }: Services, asked_s: number | undefined): number {
  const as_of_s = asked_s ?? Math.floor(now_ms() / 1_000);
  return Math.min(Math.max(as_of_s, FIELD_LIMITS.dialed_at_min_s), FIELD_LIMITS.dialed_at_max_s);
}

/** An instant in UTC. */
export function instantText(instant_s: number): string {
  return new Date(instant_s * 1_000).toISOString().replace('.000', '');
}

import type { Operation } from '../../accounts/operations.js';
import type { ChanceRequest } from '../../hygiene/chance/asked.js';
import { lineSql } from '../../hygiene/spellings/line-sql.js';
import { numberPlanOf } from '../../hygiene/spellings/number-plan.js';
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
    lines: lineSql(numberPlanOf(operation.numbering)),
    budget: new CallBudget(operation.limits.max_call_ms, hangUpSignal(reply), admit),
    give_turn: desk.stream(keyOfOperation(operation)),
  };
}

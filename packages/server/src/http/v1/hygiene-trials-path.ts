import { backtestSchema, previewSchema, type TriedRule } from '@recuento/contract';
import type { Operation } from '../../accounts/operations.js';
import { backtest } from '../../hygiene/rules/backtest.js';
import { preview } from '../../hygiene/rules/preview.js';
import { CallBudget } from '../../reports/budget.js';
import type { ReportRequest } from '../../reports/report.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { preferredLanguage } from '../language.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { bodyAs } from './body.js';
import { ruleById } from './hygiene-rules-path.js';
import type { Call, NativeCalls } from './native-calls.js';
import { ruleThen } from './rule-then.js';

/** What calls that try a rule need. */
export interface Trials {
  readonly services: Services;
  readonly calls: NativeCalls;
}

/** `/v1/hygiene/preview`: what a rule takes now. */
export function hygienePreviewPath(trials: Trials): Handlers {
  const { services, calls } = trials;
  return {
    POST: calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const tried = await bodyAs(request, previewSchema);
      const as_of_s = Math.floor(services.now_ms() / 1_000);
      const rule = await ruleOf(trials, { request, reply }, operation, tried);
      const asked = askFor(services, { request, reply }, operation, as_of_s);
      return asked.budget.run(async () =>
        preview(
          asked,
          await ruleThen(services, request, operation, rule, as_of_s),
          await services.quarantine.momentOf(operation.id),
        ),
      );
    }),
  };
}

/** `/v1/hygiene/backtest`: what a rule would have saved and cost. */
export function hygieneBacktestPath(trials: Trials): Handlers {
  const { services, calls } = trials;
  return {
    POST: calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const tried = await bodyAs(request, backtestSchema);
      const rule = await ruleOf(trials, { request, reply }, operation, tried);
      const asked = askFor(services, { request, reply }, operation, tried.until);
      return asked.budget.run(async () =>
        backtest(asked, await ruleThen(services, request, operation, rule, tried.as_of), tried.until),
      );
    }),
  };
}

/** @throws RecuentoError unknown-resource */
async function ruleOf(
  { services }: Trials,
  { request }: Call,
  operation: Operation,
  { rule, rule_id }: { readonly rule?: TriedRule | undefined; readonly rule_id?: string | undefined },
): Promise<TriedRule> {
  if (rule) return rule;
  const { hygieneRules } = services.accounts;
  return ruleById(hygieneRules, operation.id, rule_id ?? '', preferredLanguage(request));
}

/** All attempts of the operation up to a second, with the limits of a call. */
function askFor(
  { admission, engine }: Services,
  { request, reply }: Call,
  operation: Operation,
  until_s: number,
): ReportRequest {
  const admit = () => admission.replies.admit(keyOf(request));
  return {
    engine,
    selection: {
      operation_id: operation.id,
      campaign: { kind: 'all' },
      window: { from_s: 0, until_s: until_s + 1 },
      time_zone: operation.time_zone,
      has_customers: false,
    },
    budget: new CallBudget(operation.limits.max_call_ms, hangUpSignal(reply), admit),
  };
}

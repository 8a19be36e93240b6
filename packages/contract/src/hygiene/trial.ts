import { z } from 'zod';
import { parseInstant } from '../instant.js';
import { described } from '../language.js';
import { FIELD_LIMITS, TABLE_LIMITS } from '../limits.js';
import { triedRuleSchema } from './rule.js';

/** Longer than any id of a rule. */
const RULE_ID_MAX_CHARS = 64;
const DAY_S = 86_400;

const INSTANT_FORM = 'is not an RFC 3339 date-time with an offset or Z, between the years 2000 and 2100';

/** Seconds since 1970 UTC. */
const instant = z
  .string({ error: INSTANT_FORM })
  .meta({ format: 'date-time' })
  .transform((value, ctx): number => {
    const seconds = parseInstant(value) ?? 0;
    if (seconds >= FIELD_LIMITS.dialed_at_min_s && seconds <= FIELD_LIMITS.dialed_at_max_s) return seconds;
    ctx.addIssue({ code: 'custom', message: INSTANT_FORM });
    return z.NEVER;
  });

/** A rule as data, or one that is kept. */
export const rule_or_id = {
  rule: triedRuleSchema.optional(),
  rule_id: described(
    z.string().min(1).max(RULE_ID_MAX_CHARS).optional(),
    {
      en: 'Id of a rule of the operation, or of one that ships; instead of `rule`.',
      es: 'Identificador de una regla de la operación, o de una incluida; en lugar de `rule`.',
    },
    'balanced',
  ),
};

function hasOneRule({ rule, rule_id }: { rule?: unknown; rule_id?: unknown }): boolean {
  return (rule === undefined) !== (rule_id === undefined);
}
const ONE_RULE = { error: 'needs either rule or rule_id', path: ['rule'] };

/** The body of `POST /v1/hygiene/preview`. */
export const previewSchema = z.strictObject(rule_or_id).refine(hasOneRule, ONE_RULE);

/** The body of `POST /v1/hygiene/backtest`. */
export const backtestSchema = z
  .strictObject({
    ...rule_or_id,
    as_of: described(
      instant,
      {
        en: 'The moment at which the rule is applied: only attempts at or before it decide. RFC 3339 with an offset.',
        es: 'El momento en que se aplica la regla: solo deciden los intentos de ese momento o anteriores. RFC 3339 con desfase.',
      },
      '2026-11-01T00:00:00-05:00',
    ),
    until: described(
      instant,
      {
        en: `The last second that is looked at, after \`as_of\` and at most ${TABLE_LIMITS.max_window_days} days after it.`,
        es: `El último segundo que se mira, después de \`as_of\` y a lo sumo ${TABLE_LIMITS.max_window_days} días después.`,
      },
      '2026-11-30T23:59:59-05:00',
    ),
  })
  .refine(hasOneRule, ONE_RULE)
  .refine(({ as_of, until }) => as_of < until, { error: 'is not after as_of', path: ['until'] })
  .refine(({ as_of, until }) => until - as_of <= TABLE_LIMITS.max_window_days * DAY_S, {
    error: `is more than ${TABLE_LIMITS.max_window_days} days after as_of`,
    path: ['until'],
  });

import type { Condition, TriedRule } from '@recuento/contract';
import type { ConditionDraft, RuleDraft, WriteNumber } from './draft.js';

/** The first number of a rule: the one that the curve of a backtest is about. */
export interface Threshold {
  readonly kind: Exclude<Condition['kind'], 'verdict'>;
  readonly value: number;
  /** The place of its condition in the rule. */
  readonly at: number;
}

/** Undefined where no condition has a number. */
export function thresholdOf({ conditions }: Pick<TriedRule, 'conditions'>): Threshold | undefined {
  for (const [at, condition] of conditions.entries()) {
    switch (condition.kind) {
      case 'verdict':
        continue;
      case 'probability':
        return { kind: condition.kind, value: condition.below, at };
      case 'silent':
        return { kind: condition.kind, value: condition.days, at };
      case 'count':
      case 'streak':
      case 'dialed':
        return { kind: condition.kind, value: condition.at_least, at };
    }
  }
  return undefined;
}

/** A draft with another threshold. */
export function withThreshold(
  draft: RuleDraft,
  { kind, at }: Threshold,
  value: number,
  write: WriteNumber,
): RuleDraft {
  const changed: Partial<ConditionDraft> =
    kind === 'probability'
      ? { below_percent: write(Number((value * 100).toPrecision(12))) }
      : kind === 'silent'
        ? { days: String(value) }
        : { at_least: String(value) };
  return {
    ...draft,
    conditions: draft.conditions.map((condition, place) =>
      place === at ? { ...condition, ...changed } : condition,
    ),
  };
}

/** What a curve is of, but for the threshold: the same curve holds for whichever of its values is chosen. */
export function withoutThreshold(rule: TriedRule): string {
  const threshold = thresholdOf(rule);
  const conditions = rule.conditions.map((condition, at) =>
    at === threshold?.at ? { ...condition, below: 0, days: 0, at_least: 0 } : condition,
  );
  return JSON.stringify({ ...rule, conditions });
}

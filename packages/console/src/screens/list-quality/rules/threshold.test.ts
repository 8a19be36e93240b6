import type { Condition, TriedRule } from '@recuento/contract';
import { expect, test } from 'vitest';
import { draftOf, readDraft } from './draft.js';
import { thresholdOf, withoutThreshold, withThreshold } from './threshold.js';

const RULE: TriedRule = {
  campaign_id: 'all',
  conditions: [
    { kind: 'verdict', in: ['invalid'] },
    { kind: 'probability', below: 0.025 },
    { kind: 'silent', days: 30 },
  ],
  quarantine_days: 90,
};

test('the threshold is the first number of the rule', () => {
  expect(thresholdOf(RULE)).toEqual({ kind: 'probability', value: 0.025, at: 1 });
  expect(thresholdOf({ conditions: [{ kind: 'verdict', in: ['invalid'] }] })).toBeUndefined();
});

const CHOSEN: readonly (readonly [Condition[], number])[] = [
  [RULE.conditions, 0.0225],
  [[{ kind: 'silent', days: 30 }], 31],
  [[{ kind: 'dialed', at_least: 7, within_days: 7 }], 8],
  [[{ kind: 'count', codes: ['failed'], at_least: 2, within_days: null }], 1],
  [[{ kind: 'streak', codes: ['failed'], at_least: 2 }], 12],
];

test.each(CHOSEN)('a threshold chosen on the curve becomes that of the rule: %j', (conditions, value) => {
  const rule = { ...RULE, name: 'Any', conditions };
  const threshold = thresholdOf(rule);
  if (!threshold) throw new Error('no threshold');
  const changed = readDraft(withThreshold(draftOf(rule, String), threshold, value, String)).rule;
  if (!changed) throw new Error('no rule');
  expect(thresholdOf(changed)?.value).toBe(value);
  expect(withoutThreshold(changed)).toBe(withoutThreshold({ ...RULE, conditions: rule.conditions }));
});

test('a curve is of another rule where anything but the threshold differs', () => {
  const longer: TriedRule = { ...RULE, quarantine_days: 91 };
  expect(withoutThreshold(longer)).not.toBe(withoutThreshold(RULE));
  const silent: TriedRule = {
    ...RULE,
    conditions: [...RULE.conditions.slice(0, 2), { kind: 'silent', days: 31 }],
  };
  expect(withoutThreshold(silent)).not.toBe(withoutThreshold(RULE));
});

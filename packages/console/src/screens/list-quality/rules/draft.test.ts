import { type Rule, SHIPPED_RULES } from '@recuento/contract';
import { expect, test } from 'vitest';
import { draftOf, nameOf, newCondition, readDraft } from './draft.js';

const spanish = (number: number) => String(number).replace('.', ',');

test.each(SHIPPED_RULES.map((shipped) => [shipped.id, shipped.rule] as const))(
  'the rule %s is the same after it was shown and read again',
  (_id, shipped) => {
    const rule: Rule = { ...shipped, name: 'Any' };
    for (const write of [String, spanish]) {
      expect(readDraft(draftOf(rule, write))).toEqual({ rule: shipped, faults: new Set() });
    }
  },
);

test('probabilities are written in per cent, with all of their digits', () => {
  const rule: Rule = {
    name: 'Any',
    campaign_id: 1001,
    conditions: [{ kind: 'probability', below: 0.0725 }],
    quarantine_days: null,
  };
  const draft = draftOf(rule, spanish);
  expect(draft.conditions[0]?.below_percent).toBe('7,25');
  expect(draft.quarantine_days).toBe('');
  expect(readDraft(draft).rule).toEqual({
    campaign_id: 1001,
    conditions: rule.conditions,
    quarantine_days: null,
  });
});

test.each([
  ['verdict', { verdicts: [] }, 'verdicts'],
  ['probability', { below_percent: '0' }, 'below_percent'],
  ['probability', { below_percent: '100.1' }, 'below_percent'],
  ['probability', { below_percent: '' }, 'below_percent'],
  ['probability', { below_percent: 'x' }, 'below_percent'],
  ['dialed', { at_least: '1.5' }, 'at_least'],
  ['dialed', { at_least: '1001' }, 'at_least'],
  ['dialed', { within_days: '3651' }, 'within_days'],
  ['silent', { days: '' }, 'days'],
  ['count', { codes: [] }, 'codes'],
  ['streak', { at_least: '0' }, 'at_least'],
] as const)('%s: %j is a fault of %s', (kind, typed, field) => {
  const conditions = [{ ...newCondition(kind, 4), ...typed }];
  const { rule, faults } = readDraft({ name: '', campaign: 'all', conditions, quarantine_days: '9' });
  expect(rule).toBeUndefined();
  expect([...faults]).toEqual([`4 ${field}`]);
});

test('fields of other kinds are no faults, and are not sent', () => {
  const conditions = [{ ...newCondition('probability', 0), at_least: 'x', days: '', codes: [] }];
  const { rule } = readDraft({ name: '', campaign: 'all', conditions, quarantine_days: '' });
  expect(rule?.conditions).toEqual([{ kind: 'probability', below: 0.02 }]);
});

test('without a condition, with a wrong campaign or wrong days there is no rule', () => {
  const { rule, faults } = readDraft({ name: '', campaign: '0', conditions: [], quarantine_days: '0' });
  expect(rule).toBeUndefined();
  expect([...faults].sort()).toEqual(['campaign', 'conditions', 'quarantine_days']);
});

test('a name has 1 to 1,024 characters', () => {
  const draft = { campaign: 'all', conditions: [], quarantine_days: '' };
  expect(nameOf({ ...draft, name: '  ' })).toBeUndefined();
  expect(nameOf({ ...draft, name: ' a ' })).toBe('a');
  expect(nameOf({ ...draft, name: 'a'.repeat(1_025) })).toBeUndefined();
});

import {
  type Condition,
  FIELD_LIMITS,
  HYGIENE_LIMITS,
  type MachineCode,
  type Rule,
  type TriedRule,
  type Verdict,
} from '@recuento/contract';

export const CONDITION_KINDS = ['verdict', 'probability', 'dialed', 'silent', 'count', 'streak'] as const;

/** A condition as it is being typed. It has a field for each that any kind has, so that a change of kind loses nothing. */
export interface ConditionDraft {
  /** Its own, as long as it is on the screen. */
  readonly key: number;
  readonly kind: Condition['kind'];
  readonly verdicts: readonly Verdict[];
  readonly codes: readonly MachineCode[];
  readonly at_least: string;
  /** Empty: all attempts. */
  readonly within_days: string;
  readonly days: string;
  /** The probability in per cent. */
  readonly below_percent: string;
  readonly leaves_faults_out: boolean;
}

/** A rule as it is being typed. */
export interface RuleDraft {
  readonly name: string;
  /** Its number, or `all`. */
  readonly campaign: string;
  readonly conditions: readonly ConditionDraft[];
  /** Empty: until somebody puts the telephones back. */
  readonly quarantine_days: string;
}

/** What a draft comes to. */
export interface Read {
  /** Undefined while a field is wrong. */
  readonly rule: TriedRule | undefined;
  /** `campaign`, `conditions`, `quarantine_days`; of a condition its key and the field: `3 at_least`. */
  readonly faults: ReadonlySet<string>;
}

/** How the reader's region writes a number; a draft is read with a comma or a point. */
export type WriteNumber = (number: number) => string;

export function newCondition(kind: Condition['kind'], key: number): ConditionDraft {
  return {
    key,
    kind,
    verdicts: ['invalid'],
    codes: ['no_answer', 'failed'],
    at_least: '6',
    within_days: '30',
    days: '30',
    below_percent: '2',
    leaves_faults_out: true,
  };
}

export function draftOf(rule: Rule, write: WriteNumber): RuleDraft {
  return {
    name: rule.name,
    campaign: String(rule.campaign_id),
    conditions: rule.conditions.map((condition, key) => conditionDraft(condition, key, write)),
    quarantine_days: rule.quarantine_days === null ? '' : String(rule.quarantine_days),
  };
}

function conditionDraft(condition: Condition, key: number, write: WriteNumber): ConditionDraft {
  const draft = newCondition(condition.kind, key);
  const leaves_faults_out = 'faults' in condition && condition.faults === 'exclude';
  switch (condition.kind) {
    case 'verdict':
      return { ...draft, verdicts: condition.in };
    case 'probability':
      return { ...draft, below_percent: write(tidy(condition.below * 100)) };
    case 'silent':
      return { ...draft, days: String(condition.days), leaves_faults_out };
    case 'dialed':
    case 'count':
    case 'streak':
      return {
        ...draft,
        ...('codes' in condition && { codes: condition.codes }),
        ...('within_days' in condition && { within_days: textOrEmpty(condition.within_days) }),
        at_least: String(condition.at_least),
        leaves_faults_out,
      };
  }
}

/** Reads a draft, but for its name: a trial needs none. */
export function readDraft(draft: RuleDraft): Read {
  const faults = new Set<string>();
  const take = <Value>(field: string, value: Value | undefined): Value | undefined => {
    if (value === undefined) faults.add(field);
    return value;
  };
  const campaign_id = take('campaign', campaignOf(draft.campaign));
  const quarantine_days = take('quarantine_days', optionalDays(draft.quarantine_days));
  const conditions = draft.conditions.flatMap((condition) => {
    const of = <Value>(field: string, value: Value | undefined) => take(`${condition.key} ${field}`, value);
    return readCondition(condition, of) ?? [];
  });
  if (draft.conditions.length === 0) faults.add('conditions');
  if (faults.size > 0 || campaign_id === undefined || quarantine_days === undefined) {
    return { rule: undefined, faults };
  }
  return { rule: { campaign_id, conditions, quarantine_days }, faults };
}

/** The name that a rule is kept with; undefined where there is none. */
export function nameOf({ name }: RuleDraft): string | undefined {
  const trimmed = name.trim();
  return trimmed === '' || [...trimmed].length > FIELD_LIMITS.text_chars ? undefined : trimmed;
}

type Take = <Value>(field: string, value: Value | undefined) => Value | undefined;

function readCondition(draft: ConditionDraft, take: Take): Condition | undefined {
  const { kind } = draft;
  const faults = draft.leaves_faults_out ? ({ faults: 'exclude' } as const) : {};
  const at_least = () => take('at_least', wholeNumber(draft.at_least, HYGIENE_LIMITS.at_least_max));
  const within_days = () => take('within_days', optionalDays(draft.within_days));
  const codes = () => take('codes', some(draft.codes));
  switch (kind) {
    case 'verdict': {
      const verdicts = take('verdicts', some(draft.verdicts));
      return verdicts && { kind, in: verdicts };
    }
    case 'probability': {
      const below = take('below_percent', percent(draft.below_percent));
      return below === undefined ? undefined : { kind, below };
    }
    case 'silent': {
      const days = take('days', wholeNumber(draft.days, HYGIENE_LIMITS.days_max));
      return days === undefined ? undefined : { kind, days, ...faults };
    }
    case 'dialed': {
      const [least, within] = [at_least(), within_days()];
      if (least === undefined || within === undefined) return undefined;
      return { kind, at_least: least, within_days: within, ...faults };
    }
    case 'count': {
      const [least, within, counted] = [at_least(), within_days(), codes()];
      if (least === undefined || within === undefined || !counted) return undefined;
      return { kind, codes: counted, at_least: least, within_days: within, ...faults };
    }
    case 'streak': {
      const [least, counted] = [at_least(), codes()];
      if (least === undefined || !counted) return undefined;
      return { kind, codes: counted, at_least: least, ...faults };
    }
  }
}

function campaignOf(text: string): Rule['campaign_id'] | undefined {
  return text === 'all' ? 'all' : wholeNumber(text, FIELD_LIMITS.campaign_id_max);
}

function optionalDays(text: string): number | null | undefined {
  return text.trim() === '' ? null : wholeNumber(text, HYGIENE_LIMITS.days_max);
}

function wholeNumber(text: string, most: number): number | undefined {
  const trimmed = text.trim();
  if (!/^\d{1,10}$/.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return number >= 1 && number <= most ? number : undefined;
}

/** A share above 0 and at most 1, of per cent. */
function percent(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  if (!/^\d{0,3}(\.\d{0,10})?$/.test(trimmed)) return undefined;
  const share = tidy(Number(trimmed) / 100);
  return share > 0 && share <= 1 ? share : undefined;
}

function some<Value>(values: readonly Value[]): Value[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

/** Without the digits that a multiplication adds: 7, not 7.000000000000001. */
function tidy(number: number): number {
  return Number(number.toPrecision(12));
}

function textOrEmpty(number: number | null): string {
  return number === null ? '' : String(number);
}

import { HYGIENE_LIMITS, type RuleDocument } from '@recuento/contract';
import type { ReactNode } from 'react';
import { useSay } from '../../../language/language.js';
import { Field } from '../../../parts/field.js';
import { Panel } from '../../../parts/panel.js';
import { ConditionEditor } from './condition-editor.js';
import { CONDITION_KINDS, newCondition, type RuleDraft } from './draft.js';
import { KIND_WORDS } from './kind-words.js';
import { RuleCampaign } from './rule-campaign.js';

const WORDS = {
  own: { en: 'Your rule', es: 'Su regla' },
  conditions: {
    en: 'A telephone is taken if all of this is true',
    es: 'Se toma un teléfono si se cumple todo esto',
  },
  none: {
    en: 'Add a condition: without one a rule takes nothing.',
    es: 'Agregue una condición: sin ninguna, la regla no toma nada.',
  },
  add: { en: 'Add a condition', es: 'Agregar una condición' },
  add_which: { en: 'Choose…', es: 'Elegir…' },
  days: { en: 'Days aside', es: 'Días apartado' },
  days_hint: { en: 'Empty: until somebody puts it back', es: 'Vacío: hasta que alguien lo devuelva' },
  days_fault: {
    en: 'A whole number from 1 to {most}, or empty',
    es: 'Un número entero de 1 a {most}, o vacío',
  },
} as const;

interface BuilderProps {
  readonly rule: RuleDocument;
  readonly draft: RuleDraft;
  readonly faults: ReadonlySet<string>;
  readonly onDraft: (draft: RuleDraft) => void;
  /** What can be done with the rule. */
  readonly children: ReactNode;
}

/** A rule as a form that reads as sentences. */
export function Builder({ rule, draft, faults, onDraft, children }: BuilderProps) {
  const say = useSay();
  const { conditions } = draft;
  const next_key = 1 + Math.max(-1, ...conditions.map(({ key }) => key));
  return (
    <Panel title={rule.ships ? rule.name : say(WORDS.own)} about={rule.purpose}>
      <fieldset className="list-quality-conditions">
        <legend>{say(WORDS.conditions)}</legend>
        {conditions.length === 0 && <p className="error">{say(WORDS.none)}</p>}
        {conditions.map((condition) => (
          <ConditionEditor
            key={condition.key}
            condition={condition}
            faults={faults}
            onCondition={(changed) =>
              onDraft({
                ...draft,
                conditions: conditions.map((one) => (one.key === changed.key ? changed : one)),
              })
            }
            onRemove={() =>
              onDraft({ ...draft, conditions: conditions.filter(({ key }) => key !== condition.key) })
            }
          />
        ))}
      </fieldset>
      <div className="list-quality-fields">
        {conditions.length < HYGIENE_LIMITS.conditions_max && (
          <Field label={say(WORDS.add)}>
            {(labelled) => (
              <select
                {...labelled}
                value=""
                onChange={({ target: { value } }) => {
                  const kind = CONDITION_KINDS.find((one) => one === value);
                  if (kind) onDraft({ ...draft, conditions: [...conditions, newCondition(kind, next_key)] });
                }}
              >
                <option value="">{say(WORDS.add_which)}</option>
                {CONDITION_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {say(KIND_WORDS[kind])}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <RuleCampaign
          campaign={draft.campaign}
          is_wrong={faults.has('campaign')}
          onCampaign={(campaign) => onDraft({ ...draft, campaign })}
        />
        <Field
          label={say(WORDS.days)}
          hint={say(WORDS.days_hint)}
          error={
            faults.has('quarantine_days')
              ? say(WORDS.days_fault, { most: HYGIENE_LIMITS.days_max })
              : undefined
          }
        >
          {(labelled) => (
            <input
              {...labelled}
              className="list-quality-number"
              inputMode="numeric"
              value={draft.quarantine_days}
              onChange={({ target }) => onDraft({ ...draft, quarantine_days: target.value })}
            />
          )}
        </Field>
      </div>
      {children}
    </Panel>
  );
}

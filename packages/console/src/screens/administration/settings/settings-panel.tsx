import type { OperationDocument } from '@recuento/contract';
import { type FormEvent, useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useCaller, useOperationFormats } from '../../../operation/operation.js';
import { Foreign } from '../../../parts/foreign.js';
import { Panel } from '../../../parts/panel.js';
import { ConfirmChanges } from './confirm-changes.js';
import { SettingField } from './setting-field.js';
import {
  changedIn,
  type Draft,
  draftOf,
  faultOf,
  SETTING_GROUPS,
  type SettingGroup,
  type SettingName,
} from './settings.js';
import { valueText } from './value-text.js';
import { GROUP_WORDS, SETTING_WORDS } from './words.js';

const WORDS = {
  save: { en: 'Save…', es: 'Guardar…' },
  back: { en: 'Put back', es: 'Deshacer' },
  saved: { en: 'Saved. It holds from the next call on.', es: 'Guardado. Vale desde la próxima llamada.' },
} as const;

interface SettingsPanelProps {
  readonly group: SettingGroup;
  readonly operation: OperationDocument;
}

/** Some settings of an operation: for the administrator to change, for everybody else to look at. */
export function SettingsPanel({ group, operation }: SettingsPanelProps) {
  const say = useSay();
  const { title, about } = GROUP_WORDS[group];
  const may_change = useCaller().caller === 'administrator';
  const before = draftOf(operation);
  return (
    <Panel title={say(title)} about={say(about)}>
      {may_change ? (
        <SettingsForm group={group} server={operation.server} before={before} />
      ) : (
        <SettingsList group={group} draft={before} />
      )}
    </Panel>
  );
}

function SettingsList({ group, draft }: { readonly group: SettingGroup; readonly draft: Draft }) {
  const say = useSay();
  const formats = useOperationFormats();
  return (
    <dl className="administration-list">
      {SETTING_GROUPS[group].map((name) => (
        <div key={name}>
          <dt>{say(SETTING_WORDS[name].label)}</dt>
          <dd>
            <Foreign text={valueText(name, draft[name], say, formats)} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface SettingsFormProps {
  readonly group: SettingGroup;
  readonly server: string;
  readonly before: Draft;
}

function SettingsForm({ group, server, before }: SettingsFormProps) {
  const say = useSay();
  const [edited, setEdited] = useState<Partial<Draft>>({});
  const [step, setStep] = useState<'edit' | 'wrong' | 'confirm' | 'saved'>('edit');
  const draft: Draft = { ...before, ...edited };
  const changed = changedIn(group, before, draft);
  const edit = (name: SettingName, value: string) => {
    setEdited({ ...edited, [name]: value });
    if (step === 'saved') setStep('edit');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A country can be wrong because of the prefixes, so all of the group is looked at.
    setStep(SETTING_GROUPS[group].some((name) => faultOf(name, draft)) ? 'wrong' : 'confirm');
  };
  return (
    <form className="administration-form" onSubmit={submit}>
      <div className="administration-fields">
        {SETTING_GROUPS[group].map((name) => (
          <SettingField
            key={name}
            name={name}
            draft={draft}
            shows_fault={step === 'wrong'}
            onChange={(value) => edit(name, value)}
          />
        ))}
      </div>
      {changed.length > 0 && (
        <p className="actions">
          <button type="submit">{say(WORDS.save)}</button>
          <button type="button" onClick={() => setEdited({})}>
            {say(WORDS.back)}
          </button>
        </p>
      )}
      <p role="status">{step === 'saved' && say(WORDS.saved)}</p>
      {step === 'confirm' && (
        <ConfirmChanges
          server={server}
          changed={changed}
          before={before}
          draft={draft}
          onClose={() => setStep('edit')}
          onSaved={() => {
            setEdited({});
            setStep('saved');
          }}
        />
      )}
    </form>
  );
}

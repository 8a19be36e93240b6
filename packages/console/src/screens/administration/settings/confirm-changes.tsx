import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Failure } from '../../../parts/failure.js';
import { Foreign } from '../../../parts/foreign.js';
import { useChangeOperation } from './operation-document.js';
import { type Draft, patchOf, type SettingName } from './settings.js';
import { valueText } from './value-text.js';
import { CONSEQUENCES, SETTING_WORDS } from './words.js';

const WORDS = {
  title: { en: 'Save these changes?', es: '¿Guardar estos cambios?' },
  save: { en: 'Save', es: 'Guardar' },
  back: { en: 'Back', es: 'Volver' },
  to: { en: 'becomes', es: 'pasa a ser' },
} as const;

interface ConfirmChangesProps {
  readonly server: string;
  readonly changed: readonly SettingName[];
  readonly before: Draft;
  readonly draft: Draft;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

/** What will be different, and what that brings about. */
export function ConfirmChanges({ server, onClose, onSaved, ...asked }: ConfirmChangesProps) {
  const say = useSay();
  const formats = useOperationFormats();
  const change = useChangeOperation(server);
  // What was asked about stays on the screen while the saved settings arrive.
  const [{ changed, before, draft }] = useState(asked);
  const consequences = new Set(changed.flatMap((name) => CONSEQUENCES[name] ?? []).map((text) => say(text)));
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <div className="administration-form">
        <ul className="administration-changes">
          {changed.map((name) => (
            <li key={name}>
              {say(SETTING_WORDS[name].label)}:{' '}
              <s>
                <Foreign text={valueText(name, before[name], say, formats)} />
              </s>{' '}
              {say(WORDS.to)}{' '}
              <strong>
                <Foreign text={valueText(name, draft[name], say, formats)} />
              </strong>
            </li>
          ))}
        </ul>
        {[...consequences].map((text) => (
          <p key={text}>{text}</p>
        ))}
        {change.error && <Failure error={change.error} />}
        <p className="actions">
          <button
            type="button"
            className="primary"
            disabled={change.isPending}
            onClick={() => change.mutate(patchOf(changed, draft), { onSuccess: onSaved })}
          >
            {say(WORDS.save)}
          </button>
          <button type="button" onClick={onClose}>
            {say(WORDS.back)}
          </button>
        </p>
      </div>
    </Dialog>
  );
}

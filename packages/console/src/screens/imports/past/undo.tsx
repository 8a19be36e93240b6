import type { ImportDocument } from '@recuento/contract';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useCaller, useOperationFormats } from '../../../operation/operation.js';
import { Failure } from '../../../parts/failure.js';
import { useNumbersChanged } from './imports-list.js';

const WORDS = {
  undo: { en: 'Undo this import…', es: 'Deshacer esta importación…' },
  what: {
    en: 'What only this import brought is removed: of its {stored} stored lines, everything that no other file or upload has said too. What it had overridden counts again. Reports change while it is under way.',
    es: 'Se elimina lo que solo esta importación trajo: de sus {stored} {stored: línea|líneas} guardadas, todo lo que ningún otro archivo o carga haya dicho también. Lo que había desplazado vuelve a valer. Los reportes cambian mientras tanto.',
  },
  again: {
    en: 'There is no way back but to import the file again.',
    es: 'La única vuelta atrás es importar el archivo otra vez.',
  },
  confirm: { en: 'Undo it', es: 'Deshacer' },
  keep: { en: 'Keep it', es: 'Conservarla' },
} as const;

const UNDOABLE: readonly ImportDocument['state'][] = ['done', 'failed', 'interrupted'];

/** Takes an import back, after a sentence that says what that means. */
export function Undo({ document: { id, state, stored } }: { readonly document: ImportDocument }) {
  const say = useSay();
  const calls = useCalls();
  const { count } = useOperationFormats();
  const { scopes } = useCaller();
  const [is_asking, ask] = useState(false);
  const numbersChanged = useNumbersChanged();
  const undo = useMutation({
    mutationFn: () => calls.call(`/v1/imports/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      ask(false);
      numbersChanged();
    },
  });
  const is_allowed = scopes.includes('ingest') || scopes.includes('admin');
  if (!is_allowed || !UNDOABLE.includes(state)) return null;
  if (!is_asking) {
    return (
      <p>
        <button type="button" className="danger" onClick={() => ask(true)}>
          {say(WORDS.undo)}
        </button>
      </p>
    );
  }
  return (
    <div className="imports-undo" role="alert">
      <p>
        {say(WORDS.what, { stored: count(stored) })} {say(WORDS.again)}
      </p>
      {undo.isError && <Failure error={undo.error} />}
      <p className="actions">
        <button type="button" className="danger" disabled={undo.isPending} onClick={() => undo.mutate()}>
          {say(WORDS.confirm)}
        </button>
        <button type="button" onClick={() => ask(false)}>
          {say(WORDS.keep)}
        </button>
      </p>
    </div>
  );
}

import { FIELD_LIMITS, type RuleDocument, type TriedRule } from '@recuento/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Failure } from '../../../parts/failure.js';
import { Field } from '../../../parts/field.js';
import { Progress } from '../../../parts/progress.js';
import { useWhere } from '../../../where/where.js';
import { draftOf, nameOf, type RuleDraft, readDraft } from './draft.js';
import { useNumbers } from './use-numbers.js';

const WORDS = {
  title: { en: 'Put these telephones in quarantine?', es: '¿Poner estos teléfonos en cuarentena?' },
  for_days: {
    en: '{taken} {taken: telephone|telephones} will be put aside for {days} {days: day|days}. Then they come up for a re-test by themselves, a few at a time.',
    es: 'Se {taken: apartará|apartarán} {taken} {taken: teléfono|teléfonos} por {days} {days: día|días}. Después les toca una nueva prueba por sí solos, de a pocos.',
  },
  for_ever: {
    en: '{taken} {taken: telephone|telephones} will be put aside until somebody puts {taken: it|them} back.',
    es: 'Se {taken: apartará|apartarán} {taken} {taken: teléfono|teléfonos} hasta que alguien {taken: lo|los} devuelva.',
  },
  about: {
    en: 'Those that are aside already, for as long or longer, stay as they are. No attempt is deleted, and everything can be taken back in Quarantine. A dialer stops only once it takes the list: see Hand-over.',
    es: 'Los que ya están apartados por igual o más tiempo quedan como están. No se borra ningún intento, y todo se puede devolver en Cuarentena. El marcador solo deja de marcarlos cuando recibe la lista: vea Entrega al marcador.',
  },
  reason: { en: 'Why', es: 'Por qué' },
  reason_hint: {
    en: 'Whoever reads the history will see it.',
    es: 'Lo verá quien lea la historia.',
  },
  reason_fault: { en: 'A reason is needed', es: 'Hace falta un motivo' },
  submit: {
    en: 'Put {taken} {taken: telephone|telephones} aside',
    es: 'Apartar {taken} {taken: teléfono|teléfonos}',
  },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  under_way: { en: 'Putting them aside…', es: 'Apartándolos…' },
  done: {
    en: '{taken} {taken: telephone was|telephones were} put aside.',
    es: 'Se {taken: apartó|apartaron} {taken} {taken: teléfono|teléfonos}.',
  },
  done_none: {
    en: 'None was put aside: all of them were already.',
    es: 'No se apartó ninguno: ya lo estaban todos.',
  },
  see: { en: 'See the quarantine', es: 'Ver la cuarentena' },
  hand_over: { en: 'Hand it to the dialer', es: 'Entregarla al marcador' },
  close: { en: 'Close', es: 'Cerrar' },
} as const;

interface PutAsideProps {
  readonly kept: RuleDocument;
  readonly draft: RuleDraft;
  readonly rule: TriedRule;
  /** How many telephones it takes now. */
  readonly taken: number;
  readonly onClose: () => void;
}

/** Asks once more, and puts aside what a rule takes. */
export function PutAside({ kept, draft, rule, taken, onClose }: PutAsideProps) {
  const say = useSay();
  const { count } = useOperationFormats();
  const [reason, setReason] = useState(draft.name);
  const act = useAct(kept, draft, rule);
  const is_empty = reason.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!is_empty) act.mutate(reason.trim());
  };
  const days = rule.quarantine_days;
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      {act.data ? (
        <Done taken={act.data.telephones_taken} onClose={onClose} />
      ) : (
        <form className="list-quality-act" onSubmit={submit}>
          <p>
            {days === null
              ? say(WORDS.for_ever, { taken: count(taken) })
              : say(WORDS.for_days, { taken: count(taken), days: count(days) })}
          </p>
          <p className="quiet">{say(WORDS.about)}</p>
          <Field
            label={say(WORDS.reason)}
            hint={say(WORDS.reason_hint)}
            error={is_empty ? say(WORDS.reason_fault) : undefined}
          >
            {(labelled) => (
              <input
                {...labelled}
                maxLength={FIELD_LIMITS.text_chars}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
          {act.error && <Failure error={act.error} />}
          {act.isPending && <Progress label={say(WORDS.under_way)} text={say(WORDS.under_way)} />}
          <p className="actions">
            <button type="submit" disabled={is_empty || act.isPending}>
              {say(WORDS.submit, { taken: count(taken) })}
            </button>
            <button type="button" onClick={onClose}>
              {say(WORDS.cancel)}
            </button>
          </p>
        </form>
      )}
    </Dialog>
  );
}

function Done({ taken, onClose }: { readonly taken: number; readonly onClose: () => void }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const { path, hrefOf } = useWhere();
  return (
    <div className="list-quality-act">
      <p role="status">{taken === 0 ? say(WORDS.done_none) : say(WORDS.done, { taken: count(taken) })}</p>
      <p className="actions">
        <Link href={hrefOf(path, { tab: 'quarantine' })}>{say(WORDS.see)}</Link>
        <Link href={hrefOf(path, { tab: 'hand-over' })}>{say(WORDS.hand_over)}</Link>
        <button type="button" onClick={onClose}>
          {say(WORDS.close)}
        </button>
      </p>
    </div>
  );
}

/** `POST /v1/hygiene/quarantine`, by the kept rule, or by what was typed where that is another one. */
function useAct(kept: RuleDocument, draft: RuleDraft, rule: TriedRule) {
  const calls = useCalls();
  const client = useQueryClient();
  const { write } = useNumbers();
  const is_kept = JSON.stringify(rule) === JSON.stringify(readDraft(draftOf(kept, write)).rule);
  const name = nameOf(draft);
  const is_in_store = kept.ships || kept.created_at !== null;
  const by =
    is_kept && is_in_store ? { rule_id: kept.id } : { rule: name === undefined ? rule : { ...rule, name } };
  return useMutation({
    mutationFn: (reason: string) =>
      calls.documentOf<{ readonly telephones_taken: number }>('/v1/hygiene/quarantine', {
        method: 'POST',
        body: { ...by, reason },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: [calls.key] }),
  });
}

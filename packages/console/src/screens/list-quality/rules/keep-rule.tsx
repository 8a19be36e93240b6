import { FIELD_LIMITS, type Rule, type RuleDocument } from '@recuento/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { Failure } from '../../../parts/failure.js';
import { Field } from '../../../parts/field.js';
import { useWhere } from '../../../where/where.js';
import { DeleteRule } from './delete-rule.js';
import { draftOf, nameOf, type Read, type RuleDraft, readDraft } from './draft.js';
import { NEW_RULE_ID } from './rule-list.js';
import { useNumbers } from './use-numbers.js';

const WORDS = {
  name: { en: 'Name', es: 'Nombre' },
  name_fault: { en: 'A rule that is kept needs a name', es: 'Para guardar la regla hace falta un nombre' },
  save: { en: 'Save changes', es: 'Guardar cambios' },
  create: { en: 'Save as your own rule', es: 'Guardar como regla propia' },
  copy: { en: 'Save as another rule', es: 'Guardar como otra regla' },
  undo: { en: 'Undo changes', es: 'Deshacer cambios' },
  remove: { en: 'Delete…', es: 'Borrar…' },
  saved: { en: 'The rule is saved.', es: 'La regla quedó guardada.' },
  ships: {
    en: 'This rule ships with the service and stays as it is. You can try other numbers, and keep them as a rule of your own.',
    es: 'Esta regla viene incluida y no cambia. Puede probar otros números y guardarlos como regla propia.',
  },
} as const;

interface KeepRuleProps {
  readonly rule: RuleDocument;
  readonly draft: RuleDraft;
  readonly read: Read;
  readonly onDraft: (draft: RuleDraft) => void;
  readonly onNotice: (notice: string) => void;
}

/** Keeps what was typed, as the rule that it was or as one of its own. */
export function KeepRule({ rule, draft, read, onDraft, onNotice }: KeepRuleProps) {
  const say = useSay();
  const { write } = useNumbers();
  const { change } = useWhere();
  const [is_deleting, setDeleting] = useState(false);
  const save = useSave(({ id }) => {
    onNotice(say(WORDS.saved));
    change({ rule: id });
  });
  const name = nameOf(draft);
  const kept = draftOf(rule, write);
  const is_own = !rule.ships && rule.id !== NEW_RULE_ID;
  const is_changed =
    name !== nameOf(kept) || JSON.stringify(read.rule) !== JSON.stringify(readDraft(kept).rule);
  const put = (id: string | undefined) => {
    onNotice('');
    if (read.rule && name !== undefined) save.mutate({ id, rule: { ...read.rule, name } });
  };
  const can_save = read.rule !== undefined && name !== undefined && !save.isPending;
  return (
    <form className="list-quality-keep" onSubmit={(event) => event.preventDefault()}>
      {rule.ships && <p className="quiet">{say(WORDS.ships)}</p>}
      <Field label={say(WORDS.name)} error={name === undefined ? say(WORDS.name_fault) : undefined}>
        {(labelled) => (
          <input
            {...labelled}
            maxLength={FIELD_LIMITS.text_chars}
            value={draft.name}
            onChange={({ target }) => onDraft({ ...draft, name: target.value })}
          />
        )}
      </Field>
      <p className="actions">
        {is_own && (
          <button
            type="button"
            className="primary"
            disabled={!can_save || !is_changed}
            onClick={() => put(rule.id)}
          >
            {say(WORDS.save)}
          </button>
        )}
        <button type="button" disabled={!can_save} onClick={() => put(undefined)}>
          {say(is_own ? WORDS.copy : WORDS.create)}
        </button>
        {is_changed && (
          <button type="button" className="plain" onClick={() => onDraft(kept)}>
            {say(WORDS.undo)}
          </button>
        )}
        {is_own && (
          <button type="button" className="danger" onClick={() => setDeleting(true)}>
            {say(WORDS.remove)}
          </button>
        )}
      </p>
      {save.error && <Failure error={save.error} />}
      {is_deleting && <DeleteRule rule={rule} onClose={() => setDeleting(false)} onNotice={onNotice} />}
    </form>
  );
}

/** Creates a rule, or replaces one. */
function useSave(onSaved: (rule: RuleDocument) => void) {
  const calls = useCalls();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, rule }: { readonly id: string | undefined; readonly rule: Rule }) =>
      id === undefined
        ? calls.documentOf<RuleDocument>('/v1/hygiene/rules', { method: 'POST', body: rule })
        : calls.documentOf<RuleDocument>(`/v1/hygiene/rules/${id}`, { method: 'PUT', body: rule }),
    onSuccess: async (rule) => {
      await client.invalidateQueries({ queryKey: [calls.key, 'hygiene', 'rules'] });
      onSaved(rule);
    },
  });
}

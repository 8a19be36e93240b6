import type { RuleDocument } from '@recuento/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSay } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { Dialog } from '../../../parts/dialog.js';
import { Failure } from '../../../parts/failure.js';
import { Foreign } from '../../../parts/foreign.js';
import { useWhere } from '../../../where/where.js';

const WORDS = {
  title: { en: 'Delete this rule?', es: '¿Borrar esta regla?' },
  about: {
    en: 'What was put aside by it stays put aside, and its history stays.',
    es: 'Lo que se apartó con ella sigue apartado, y su historia se conserva.',
  },
  remove: { en: 'Delete the rule', es: 'Borrar la regla' },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  deleted: { en: 'The rule is deleted.', es: 'La regla quedó borrada.' },
} as const;

interface DeleteRuleProps {
  readonly rule: RuleDocument;
  readonly onClose: () => void;
  readonly onNotice: (notice: string) => void;
}

/** Asks once more, and deletes a rule of the operation. */
export function DeleteRule({ rule, onClose, onNotice }: DeleteRuleProps) {
  const say = useSay();
  const calls = useCalls();
  const client = useQueryClient();
  const { change } = useWhere();
  const remove = useMutation({
    mutationFn: () => calls.call(`/v1/hygiene/rules/${rule.id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      onNotice(say(WORDS.deleted));
      change({ rule: undefined });
      await client.invalidateQueries({ queryKey: [calls.key, 'hygiene', 'rules'] });
    },
  });
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <p>
        <Foreign text={rule.name} />
      </p>
      <p>{say(WORDS.about)}</p>
      {remove.error && <Failure error={remove.error} />}
      <p className="actions">
        <button type="button" className="danger" disabled={remove.isPending} onClick={() => remove.mutate()}>
          {say(WORDS.remove)}
        </button>
        <button type="button" onClick={onClose}>
          {say(WORDS.cancel)}
        </button>
      </p>
    </Dialog>
  );
}

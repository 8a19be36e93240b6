import { useQueryClient } from '@tanstack/react-query';
import { useSay } from '../../language/language.js';
import { useCalls } from '../../operation/calls.js';
import { Dialog } from '../../parts/dialog.js';
import { ShownOnce } from '../../parts/shown-once.js';
import { useCreateToken } from './create-token.js';
import { TokenForm } from './token-form.js';

const WORDS = {
  title: { en: 'Create a token', es: 'Crear un token' },
  created: { en: 'The token is created', es: 'El token quedó creado' },
  secret: { en: 'Token', es: 'Token' },
  kept: { en: 'I have kept it', es: 'Ya lo guardé' },
} as const;

/** Asks about a new token, creates it, and shows its secret once. */
export function NewTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const say = useSay();
  const calls = useCalls();
  const client = useQueryClient();
  const create = useCreateToken(calls, () =>
    Promise.all(['tokens', 'usage'].map((name) => client.invalidateQueries({ queryKey: [calls.key, name] }))),
  );
  const { data: created } = create;
  return (
    <Dialog title={say(created ? WORDS.created : WORDS.title)} onClose={onClose}>
      {created ? (
        <div className="tokens-form">
          <ShownOnce label={say(WORDS.secret)} secret={created.token} />
          <p>
            <button type="button" className="primary" onClick={onClose}>
              {say(WORDS.kept)}
            </button>
          </p>
        </div>
      ) : (
        <TokenForm
          first={{ name: '', scopes: ['report'] }}
          is_pending={create.isPending}
          error={create.error}
          onSubmit={(draft) => create.mutate(draft)}
        />
      )}
    </Dialog>
  );
}

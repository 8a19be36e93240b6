import type { TokenDocument } from '@recuento/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSay } from '../../language/language.js';
import { useCalls } from '../../operation/calls.js';
import { useCaller } from '../../operation/operation.js';
import { Dialog } from '../../parts/dialog.js';
import { Failure } from '../../parts/failure.js';
import { Foreign } from '../../parts/foreign.js';
import { leave } from '../../session/leave.js';

const WORDS = {
  title: { en: 'Revoke this token?', es: '¿Revocar este token?' },
  what: {
    en: 'Programs that use it are refused at once, and browsers that signed in with it are signed out. It cannot be brought back.',
    es: 'Los programas que lo usan se rechazan de inmediato, y se cierra la sesión de los navegadores que entraron con él. No se puede recuperar.',
  },
  calls: {
    en: 'It has made {calls} {calls: call|calls} today.',
    es: 'Hoy ha hecho {calls} {calls: consumo|consumos}.',
  },
  own: {
    en: 'You signed in with this very token: you will be signed out.',
    es: 'Usted entró con este mismo token: se cerrará su sesión.',
  },
  revoke: { en: 'Revoke', es: 'Revocar' },
  keep: { en: 'Keep it', es: 'Conservarlo' },
} as const;

interface RevokeTokenProps {
  readonly token: TokenDocument;
  /** Its calls of today, as people read them; undefined: none are known. */
  readonly calls_today: string | undefined;
  readonly onClose: () => void;
  readonly onRevoked: () => void;
}

/** Asks once more, and says what will happen. */
export function RevokeToken({ token, calls_today, onClose, onRevoked }: RevokeTokenProps) {
  const say = useSay();
  const calls = useCalls();
  const client = useQueryClient();
  const is_own = useCaller().token?.id === token.id;
  const revoke = useMutation({
    mutationFn: () => calls.call(`/v1/tokens/${token.id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      if (is_own) return leave();
      await client.invalidateQueries({ queryKey: [calls.key, 'tokens'] });
      onRevoked();
    },
  });
  return (
    <Dialog title={say(WORDS.title)} onClose={onClose}>
      <div className="tokens-form">
        <p>
          <strong>
            <Foreign text={token.name} />
          </strong>
        </p>
        {is_own && <p className="error">{say(WORDS.own)}</p>}
        <p>
          {say(WORDS.what)} {calls_today !== undefined && say(WORDS.calls, { calls: calls_today })}
        </p>
        {revoke.error && <Failure error={revoke.error} />}
        <p className="actions">
          <button
            type="button"
            className="danger"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            {say(WORDS.revoke)}
          </button>
          <button type="button" onClick={onClose}>
            {say(WORDS.keep)}
          </button>
        </p>
      </div>
    </Dialog>
  );
}

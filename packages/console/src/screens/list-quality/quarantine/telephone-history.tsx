import type { QuarantineEventDocument } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { Dialog } from '../../../parts/dialog.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { hasReason, useChosenBy } from './held-by-words.js';
import { useTelephoneHistory } from './queries.js';
import { useWhen } from './when.js';
import { useWho } from './who.js';

const WORDS = {
  title: { en: 'History of', es: 'Historia de' },
  none: { en: 'It was never put aside.', es: 'Nunca se apartó.' },
  quarantine: { en: 'Put aside', es: 'Apartado' },
  restore: { en: 'Put back', es: 'Devuelto' },
  retest: { en: 'Up for a re-test', es: 'Listo para una nueva prueba' },
  until: { en: 'until {moment}', es: 'hasta el {moment}' },
  never: { en: 'until somebody puts it back', es: 'hasta que alguien lo devuelva' },
  more: { en: 'Only the newest entries are shown.', es: 'Solo se muestran las entradas más recientes.' },
} as const;

interface TelephoneHistoryProps {
  readonly telephone: string;
  readonly onClose: () => void;
}

/** Everything that was ever done to one telephone, the newest first. */
export function TelephoneHistory({ telephone, onClose }: TelephoneHistoryProps) {
  const say = useSay();
  const query = useTelephoneHistory(telephone);
  const title = (
    <>
      {say(WORDS.title)} <Foreign text={telephone} />
    </>
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <Loaded query={query}>
        {({ history, next_cursor }) =>
          history.length === 0 ? (
            <Empty title={say(WORDS.none)} />
          ) : (
            <>
              <ol className="quarantine-history">
                {history.map((entry) => (
                  <Entry key={entry.id} entry={entry} />
                ))}
              </ol>
              {next_cursor !== null && <p className="quiet">{say(WORDS.more)}</p>}
            </>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Entry({ entry }: { readonly entry: QuarantineEventDocument }) {
  const say = useSay();
  const when = useWhen();
  const chosenBy = useChosenBy();
  const who = useWho();
  const { action, at, until, by } = entry;
  const is_quarantine = action === 'quarantine';
  return (
    <li>
      <p>
        <strong>{say(WORDS[action])}</strong>{' '}
        {is_quarantine && (until === null ? say(WORDS.never) : say(WORDS.until, { moment: when.day(until) }))}
      </p>
      {action !== 'retest' && (
        <p>
          {is_quarantine && <Foreign text={chosenBy(entry)} />}
          {is_quarantine && hasReason(entry) && ': '}
          {hasReason(entry) && <Foreign text={entry.reason} />}
        </p>
      )}
      <p className="quiet">
        <Foreign text={who(by)} /> · {when.minute(at)}
      </p>
    </li>
  );
}

import { VERDICT_WORDS } from '@recuento/contract';
import { useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { Result } from '../result.js';
import { TelephoneTable } from '../telephones/telephone-table.js';
import { Paging } from './paging.js';
import { TelephoneSearch } from './telephone-search.js';
import { useVerdictsAsked, useVerdictsPage } from './use-verdicts-page.js';

const WORDS = {
  title: { en: 'Telephones', es: 'Teléfonos' },
  about: {
    en: 'A telephone opens the attempts behind its verdict. The chance is an estimate for the next attempt.',
    es: 'Un teléfono abre los intentos detrás de su veredicto. La probabilidad es una estimación para el próximo intento.',
  },
  only: { en: 'Only: {verdict}', es: 'Solo: {verdict}' },
  all: { en: 'Show all', es: 'Mostrar todos' },
  none: { en: 'No telephone is like this', es: 'Ningún teléfono es así' },
  none_about: {
    en: 'The search finds a telephone exactly as it was dialed, with its prefix.',
    es: 'La búsqueda encuentra un teléfono exactamente como se marcó, con su prefijo.',
  },
} as const;

/** The telephones themselves, a page at a time. */
export function Telephones() {
  const say = useSay();
  const { change } = useWhere();
  const { verdict, telephone, cursor } = useVerdictsAsked();
  const query = useVerdictsPage();
  const is_filtered = verdict !== undefined || telephone !== undefined;
  return (
    <Panel title={say(WORDS.title)} about={say(WORDS.about)} actions={<TelephoneSearch />}>
      {is_filtered && (
        <p className="actions">
          {verdict && <span>{say(WORDS.only, { verdict: say(VERDICT_WORDS[verdict]) })}</span>}
          {telephone !== undefined && <Foreign text={telephone} />}
          <button
            type="button"
            className="plain"
            onClick={() => change({ verdict: undefined, telephone: undefined, after: undefined })}
          >
            {say(WORDS.all)}
          </button>
        </p>
      )}
      <Loaded query={query} height_rem={24}>
        {({ verdicts, next_cursor }) => (
          <Result is_old={query.isPlaceholderData}>
            {verdicts.length === 0 ? (
              <Empty title={say(WORDS.none)}>{is_filtered && <p>{say(WORDS.none_about)}</p>}</Empty>
            ) : (
              <TelephoneTable caption={say(WORDS.title)} rows={verdicts} />
            )}
            <Paging cursor={cursor} next_cursor={next_cursor} />
          </Result>
        )}
      </Loaded>
    </Panel>
  );
}

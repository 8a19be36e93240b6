import { VERDICT_WORDS, VERDICTS, type Verdict } from '@recuento/contract';
import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { CampaignPicker, useCampaign } from '../../../operation/campaign-picker.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Empty } from '../../../parts/empty.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { Result } from '../result.js';
import { VERDICT_COLOURS, VERDICT_MEANING } from '../verdict-meaning.js';
import { useShares, type VerdictShares } from './use-shares.js';
import { useVerdictFilter } from './use-verdict-filter.js';

const WORDS = {
  title: { en: 'What is known of your numbers', es: 'Lo que se sabe de sus números' },
  of: {
    en: '{telephones} {telephones: telephone was|telephones were} dialed. Each has one verdict, made from its attempts of the last 180 days; choose one to see its telephones.',
    es: 'Se {telephones: marcó|marcaron} {telephones} {telephones: teléfono|teléfonos}. Cada uno tiene un veredicto, según sus intentos de los últimos 180 días; elija uno para ver sus teléfonos.',
  },
  none: { en: 'Nothing was dialed yet', es: 'Todavía no se ha marcado nada' },
  none_about: {
    en: 'Verdicts appear by themselves as soon as attempts arrive.',
    es: 'Los veredictos aparecen solos en cuanto llegan intentos.',
  },
  to_imports: { en: 'Import a dialer’s file', es: 'Importar un archivo del marcador' },
  chosen: { en: 'shown below', es: 'se muestran abajo' },
} as const;

/** How many telephones have each verdict: one bar, and what each of its parts means. */
export function Shares() {
  const say = useSay();
  const campaign = useCampaign();
  const { hrefOf } = useWhere();
  const query = useShares(campaign);
  return (
    <Panel title={say(WORDS.title)} actions={<CampaignPicker />}>
      <Loaded query={query} height_rem={19}>
        {(found) =>
          found.telephones === 0 ? (
            <Empty title={say(WORDS.none)}>
              <p>{say(WORDS.none_about)}</p>
              <Link href={hrefOf('/imports')}>{say(WORDS.to_imports)}</Link>
            </Empty>
          ) : (
            <Told found={found} is_old={query.isPlaceholderData} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Told({ found, is_old }: { readonly found: VerdictShares; readonly is_old: boolean }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const there = VERDICTS.filter((verdict) => found.shares[verdict] > 0);
  return (
    <Result is_old={is_old}>
      <p className="quiet">{say(WORDS.of, { telephones: count(found.telephones) })}</p>
      <div className="list-quality-bar" aria-hidden="true">
        {there.map((verdict) => (
          <span
            key={verdict}
            style={{ flexGrow: found.shares[verdict], background: VERDICT_COLOURS[verdict] }}
          />
        ))}
      </div>
      <ul className="list-quality-shares">
        {VERDICTS.map((verdict) => (
          <Share key={verdict} verdict={verdict} found={found} />
        ))}
      </ul>
    </Result>
  );
}

function Share({ verdict, found }: { readonly verdict: Verdict; readonly found: VerdictShares }) {
  const say = useSay();
  const { count, share } = useOperationFormats();
  const { path, hrefOf } = useWhere();
  const is_chosen = useVerdictFilter() === verdict;
  const telephones = found.shares[verdict];
  return (
    <li>
      <Link
        href={hrefOf(path, { verdict: is_chosen ? undefined : verdict })}
        aria-current={is_chosen ? 'true' : undefined}
      >
        <span
          aria-hidden="true"
          className="list-quality-swatch"
          style={{ background: VERDICT_COLOURS[verdict] }}
        />
        <span>
          {say(VERDICT_WORDS[verdict])}{' '}
          {is_chosen && <small className="list-quality-tag">{say(WORDS.chosen)}</small>}
        </span>
      </Link>
      <strong>{share(telephones / found.telephones)}</strong>
      <span className="quiet">{count(telephones)}</span>
      <small className="quiet">{say(VERDICT_MEANING[verdict])}</small>
    </li>
  );
}

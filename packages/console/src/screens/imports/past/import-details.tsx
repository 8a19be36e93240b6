import { CODE_HEADINGS, type ImportDocument, MACHINE_CODES } from '@recuento/contract';
import { codeColour } from '../../../charts/codes.js';
import { useSay } from '../../../language/language.js';
import { useOperationFormats } from '../../../operation/operation.js';
import { Dialog } from '../../../parts/dialog.js';
import { Foreign } from '../../../parts/foreign.js';
import { Loaded } from '../../../parts/loaded.js';
import { Bars } from '../bars.js';
import { ServiceText } from '../service-text.js';
import { formatName } from '../words.js';
import { useImport } from './imports-list.js';
import { Lines } from './lines.js';
import { Rejected } from './rejected.js';
import { StateMark } from './state-mark.js';
import { Undo } from './undo.js';

const WORDS = {
  title: { en: 'Import of {when}', es: 'Importación del {when}' },
  one: { en: 'An import', es: 'Una importación' },
  campaign: { en: 'Campaign {campaign}', es: 'Campaña {campaign}' },
  campaigns: { en: 'Campaigns as the file names them', es: 'Campañas según el archivo' },
  times: { en: 'times in {zone}', es: 'horas de {zone}' },
  because: { en: 'Recognised by:', es: 'Se reconoció por:' },
  reason: { en: 'Why:', es: 'Motivo:' },
  ends: { en: 'How the attempts ended', es: 'Cómo terminaron los intentos' },
  interrupted: {
    en: 'The service stopped while it ran. Importing the file again brings the rest.',
    es: 'El servicio se detuvo mientras corría. Al importar el archivo otra vez llega el resto.',
  },
  undoing: {
    en: 'Until this is done, reports may show neither what it brought nor what it had overridden.',
    es: 'Hasta que termine, los reportes pueden no mostrar ni lo que trajo ni lo que había desplazado.',
  },
  extensions: {
    en: 'Most telephones look like extensions (2 to 6 digits): these may not be calls that were dialed out. Check the file before you trust the numbers.',
    es: 'La mayoría de los teléfonos parecen extensiones (2 a 6 dígitos): puede que no sean llamadas marcadas hacia afuera. Revise el archivo antes de confiar en las cifras.',
  },
  unknown: {
    en: 'Result words without a meaning: {words}. Drop the file again to say what they mean.',
    es: 'Palabras de resultado sin significado: {words}. Suelte el archivo otra vez para decir qué significan.',
  },
} as const;

interface ImportDetailsProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** Everything that is known of an import, and its undoing. */
export function ImportDetails({ id, onClose }: ImportDetailsProps) {
  const say = useSay();
  const { moment } = useOperationFormats();
  const query = useImport(id);
  const title = query.data ? say(WORDS.title, { when: moment(query.data.created_at) }) : say(WORDS.one);
  return (
    <Dialog title={title} onClose={onClose} wide>
      <Loaded query={query} height_rem={16}>
        {(document) => <Details document={document} />}
      </Loaded>
    </Dialog>
  );
}

function Details({ document }: { readonly document: ImportDocument }) {
  const say = useSay();
  const { state, reason, format, format_reason, campaign_id, time_zone, codes } = document;
  const about = [
    say(formatName(format)),
    campaign_id === null ? say(WORDS.campaigns) : say(WORDS.campaign, { campaign: campaign_id }),
    say(WORDS.times, { zone: time_zone }),
  ];
  const ends = MACHINE_CODES.flatMap((code) => {
    const attempts = codes[code] ?? 0;
    return attempts === 0
      ? []
      : [{ key: code, name: say(CODE_HEADINGS[code]), count: attempts, colour: codeColour(code) }];
  });
  return (
    <div className="imports-details">
      <p>
        <StateMark state={state} /> · <Foreign text={about.join(' · ')} />
      </p>
      {format_reason !== null && (
        <p className="quiet">
          {say(WORDS.because)} <ServiceText text={format_reason} />
        </p>
      )}
      {reason !== null && (
        <p className="failure">
          {say(WORDS.reason)} <ServiceText text={reason} />
        </p>
      )}
      {state === 'interrupted' && <p>{say(WORDS.interrupted)}</p>}
      {state === 'undoing' && <p role="status">{say(WORDS.undoing)}</p>}
      {document.mostly_extensions && <p className="imports-warning">{say(WORDS.extensions)}</p>}
      <div className="imports-columns">
        <Lines document={document} />
        {ends.length > 0 && <Bars title={say(WORDS.ends)} bars={ends} />}
      </div>
      <UnknownWords document={document} />
      <Rejected document={document} />
      <Undo document={document} />
    </div>
  );
}

/** Words that a sentence names; more are counted. */
const WORDS_NAMED = 10;

function UnknownWords({ document: { unknown_words } }: { readonly document: ImportDocument }) {
  const say = useSay();
  if (unknown_words.length === 0) return null;
  const named = unknown_words.slice(0, WORDS_NAMED).map(({ word }) => word);
  const words = `${named.join(', ')}${unknown_words.length > WORDS_NAMED ? '…' : ''}`;
  return (
    <p className="imports-warning">
      <Foreign text={say(WORDS.unknown, { words })} />
    </p>
  );
}

import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { Empty } from '../../../parts/empty.js';
import { Panel } from '../../../parts/panel.js';
import { useWhere } from '../../../where/where.js';
import { type Asked, useAsked } from './asked.js';
import { Choices } from './choices.js';
import { CommandLine } from './command-line.js';
import { useCurl } from './curl.js';
import { Download } from './download.js';
import { Follow } from './follow.js';
import { FilePreview } from './preview.js';
import { WithCode } from './with-code.js';
import './hand-over.css';

const WORDS = {
  choose: { en: '1. Choose the dialer', es: '1. Elija el marcador' },
  file: { en: '2. Take the file', es: '2. Tome el archivo' },
  steps: { en: '3. Give it to the dialer', es: '3. Entréguelo al marcador' },
  dialed: {
    en: 'Telephones are written as they were dialed, prefixes included.',
    es: 'Los teléfonos van escritos tal como se marcaron, con sus prefijos.',
  },
  command: { en: 'On the dialer’s machine', es: 'En la máquina del marcador' },
  campaign: { en: 'Choose a campaign', es: 'Elija una campaña' },
  campaign_about: {
    en: 'Customers belong to a campaign: the ids are those of one.',
    es: 'Los clientes son de una campaña: los identificadores son los de una.',
  },
  every_night: { en: 'Every night, by itself', es: 'Cada noche, de forma automática' },
  curl: {
    en: 'This line brings the list. Put it into the crontab of the dialer’s machine, with a token of the scope report in RECUENTO_TOKEN.',
    es: 'Esta línea trae la lista. Póngala en el crontab de la máquina del marcador, con un token de permiso report en RECUENTO_TOKEN.',
  },
  curl_pages: {
    en: 'It brings the first 10,000; the header Link of the reply has the address of the next ones.',
    es: 'Trae los primeros 10.000; el encabezado Link de la respuesta tiene la dirección de los siguientes.',
  },
  curl_label: { en: 'Fetch the file', es: 'Traer el archivo' },
  token: { en: 'Create a token', es: 'Crear un token' },
  live: { en: 'Live, change by change', es: 'En vivo, cambio por cambio' },
} as const;

/** From the list to the dialer: which one, the file, and what to do with it there. */
export function HandOver() {
  const say = useSay();
  const { hrefOf } = useWhere();
  const asked = useAsked();
  const { query, needs_campaign } = asked;
  /** What was downloaded of another choice is told no longer. */
  const key = JSON.stringify(query);
  return (
    <>
      <Panel title={say(WORDS.choose)} className="hand-over-panel">
        <Choices {...asked} />
      </Panel>
      <div className="hand-over-sides">
        <Panel title={say(WORDS.file)} about={say(WORDS.dialed)} className="hand-over-panel">
          {needs_campaign ? (
            <Empty title={say(WORDS.campaign)}>
              <p>{say(WORDS.campaign_about)}</p>
            </Empty>
          ) : (
            <>
              <FilePreview {...asked} />
              <Download key={key} {...asked} />
            </>
          )}
        </Panel>
        <Panel title={say(WORDS.steps)} className="hand-over-panel">
          <Steps {...asked} />
        </Panel>
      </div>
      <Panel title={say(WORDS.every_night)} about={say(WORDS.curl)} className="hand-over-panel">
        {needs_campaign ? <p>{say(WORDS.campaign)}</p> : <EveryNight {...asked} />}
        <p>
          <Link href={hrefOf('/tokens')}>{say(WORDS.token)}</Link>
        </p>
      </Panel>
      <Panel title={say(WORDS.live)} className="hand-over-panel">
        <Follow />
      </Panel>
    </>
  );
}

function Steps({ dialer }: Asked) {
  const say = useSay();
  return (
    <ol className="hand-over-steps">
      {dialer.steps.map((step) => (
        <li key={step.en}>
          <WithCode text={say(step)} />
          {dialer.command !== undefined && step.en.endsWith(':') && (
            <CommandLine label={say(WORDS.command)} command={dialer.command} />
          )}
        </li>
      ))}
    </ol>
  );
}

function EveryNight({ dialer, query }: Asked) {
  const say = useSay();
  const command = useCurl('/v1/hygiene/export', { ...query, ...dialer.for_programs }, dialer.file);
  return (
    <>
      <CommandLine label={say(WORDS.curl_label)} command={command} />
      {dialer.file.includes('-1.') && <p className="quiet">{say(WORDS.curl_pages)}</p>}
    </>
  );
}

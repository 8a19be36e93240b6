import { useId, useState } from 'react';
import { useLanguage, useSay } from '../../language/language.js';
import { useCampaign } from '../../operation/campaign-picker.js';
import { useOperation, useOperationFormats } from '../../operation/operation.js';
import { CopyButton } from '../../parts/copy-button.js';
import { Panel } from '../../parts/panel.js';
import { usePeriod } from '../../period/use-period.js';
import { SNIPPET_LANGUAGES, type SnippetLanguage, snippetOf } from './snippet.js';
import { useUsage } from './usage.js';
import { windowOf } from './wall-time.js';

const WORDS = {
  title: { en: 'Machine codes, from your program', es: 'Códigos de máquina, desde su programa' },
  about: {
    en: 'campaign_8 of this operation, with the campaign and the period chosen above. The token is read from the environment variable RECUENTO_TOKEN, so that no secret stands in a program.',
    es: 'campaign_8 de esta operación, con la campaña y el período elegidos arriba. El token se lee de la variable de entorno RECUENTO_TOKEN, para que ningún programa lleve un secreto.',
  },
  language: { en: 'Language', es: 'Lenguaje' },
  too_long: {
    en: 'This period has {days} {days: day|days}, and one call may ask for {limit}: choose a shorter one, or ask for it in parts.',
    es: 'Este período tiene {days} {days: día|días}, y una llamada puede pedir {limit}: elija uno más corto, o pídalo por partes.',
  },
  more: { en: 'Everything else', es: 'Todo lo demás' },
  docs: { en: 'Documentation of every call', es: 'Documentación de cada llamada' },
  campaign_8: { en: 'campaign_8 in full', es: 'campaign_8 en detalle' },
  openapi: {
    en: 'For code generators and API tools',
    es: 'Para generadores de código y herramientas de API',
  },
  postman: { en: 'A collection to import in Postman', es: 'Una colección para importar en Postman' },
} as const;

/** A program for `campaign_8` with the operation's own values, and the way to everything else. */
export function Snippets() {
  const say = useSay();
  const { server } = useOperation();
  const campaign = useCampaign();
  const period = usePeriod();
  const [language, setLanguage] = useState<SnippetLanguage>('cURL');
  const code = snippetOf(language, { origin: location.origin, server, campaign, ...windowOf(period) });
  return (
    <>
      <Panel
        title={say(WORDS.title)}
        about={say(WORDS.about)}
        actions={<LanguagePicker language={language} onChange={setLanguage} />}
      >
        <TooLong days={period.days} />
        <div className="tokens-code">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by keyboard (WCAG 2.1.1) */}
          <pre tabIndex={0}>
            <code>{code}</code>
          </pre>
          <CopyButton text={code} />
        </div>
      </Panel>
      <More />
    </>
  );
}

interface LanguagePickerProps {
  readonly language: SnippetLanguage;
  readonly onChange: (language: SnippetLanguage) => void;
}

function LanguagePicker({ language, onChange }: LanguagePickerProps) {
  const say = useSay();
  const id = useId();
  return (
    <fieldset className="switch">
      <legend className="unseen">{say(WORDS.language)}</legend>
      {SNIPPET_LANGUAGES.map((known) => (
        <label key={known}>
          <input type="radio" name={id} checked={known === language} onChange={() => onChange(known)} />
          {known}
        </label>
      ))}
    </fieldset>
  );
}

function TooLong({ days }: { readonly days: number }) {
  const say = useSay();
  const { count } = useOperationFormats();
  const limit = useUsage().data?.limits.max_window_days;
  if (limit === undefined || days <= limit) return null;
  return <p className="error">{say(WORDS.too_long, { days: count(days), limit: count(limit) })}</p>;
}

function More() {
  const say = useSay();
  const { language } = useLanguage();
  const links = [
    ['/docs', 'docs'],
    ['/docs/calls/campaign_8', 'campaign_8'],
    ['/openapi.json', 'openapi'],
    ['/postman.json', 'postman'],
  ] as const;
  return (
    <Panel title={say(WORDS.more)}>
      <ul className="tokens-links">
        {links.map(([path, name]) => (
          <li key={path}>
            <a href={`${path}?lang=${language}`}>
              <code>{path}</code>
            </a>{' '}
            <span className="quiet">{say(WORDS[name])}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

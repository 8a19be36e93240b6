import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Loaded } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { FileHead } from '../file-head.js';
import type { QueuedFile } from '../sending/file-queue.js';
import { ChooseColumns } from './choose-columns.js';
import { isComplete } from './column-choice.js';
import { FirstRows } from './first-rows.js';
import { DateOrder, MoreSettings } from './more-settings.js';
import { PreviewCounts } from './preview-counts.js';
import { Recognised } from './recognised.js';
import { NO_SETTINGS, OF_THE_FORMAT, type Settings } from './settings.js';
import { SettingsForm } from './settings-form.js';
import { UnknownWords } from './unknown-words.js';
import { useColumns } from './use-columns.js';
import { usePreview } from './use-preview.js';

const WORDS = {
  title: { en: 'Before it is imported', es: 'Antes de importarlo' },
  import: { en: 'Import', es: 'Importar' },
  import_all: { en: 'Import it and {others} more alike', es: 'Importarlo, y {others} más igual' },
  skip: { en: 'Don’t import it', es: 'No importarlo' },
  campaign_missing: {
    en: 'Say which campaign it belongs to.',
    es: 'Indique a qué campaña pertenece.',
  },
  use_columns: { en: 'Read it with these columns', es: 'Leerlo con estas columnas' },
  kept: {
    en: 'Columns as you chose them for the last file with these headings.',
    es: 'Columnas como las eligió para el último archivo con estos encabezados.',
  },
} as const;

interface ReviewProps {
  readonly queued: QueuedFile;
  /** Files that wait to be looked at besides this one. */
  readonly others: number;
  /** To begin with; absent: none. */
  readonly begin: Settings | undefined;
  readonly onImport: (settings: Settings, how: { readonly is_for_all: boolean }) => void;
  readonly onSkip: () => void;
}

/** A file before it is imported: how it is read, and what that comes to. */
export function Review({ queued, others, begin, onImport, onSkip }: ReviewProps) {
  const say = useSay();
  const [settings, set] = useState<Settings>(begin ?? NO_SETTINGS);
  const change = (changed: Partial<Settings>) => set((before) => ({ ...before, ...changed }));
  const { query, is_current } = usePreview(queued, settings);
  const preview = query.data;
  const columns = useColumns(preview, settings, change);
  const has_campaign = settings.campaign_id.trim() !== '' || preview?.names_campaigns === true;
  const is_ready = has_campaign && is_current && preview?.refusal === null;
  const asks_date_order =
    preview?.table?.needs_date_order === true && (columns.are_asked || preview.takes.includes('date_order'));
  const order = (is_for_all: boolean) => {
    columns.keep();
    onImport(settings, { is_for_all });
  };
  return (
    <Panel title={say(WORDS.title)} className="imports-review">
      <FileHead file={queued.file} />
      <Loaded query={query} height_rem={20}>
        {(shown) => (
          <>
            <Recognised
              preview={shown}
              is_empty={queued.file.size === 0 || shown.refusal === 'it is empty'}
              onFormat={(format) => change({ ...OF_THE_FORMAT, format })}
            />
            <SettingsForm settings={settings} onChange={change} names_campaigns={shown.names_campaigns} />
            {columns.are_asked && shown.table && (
              <>
                {columns.are_used && columns.are_kept && <p className="quiet">{say(WORDS.kept)}</p>}
                <ChooseColumns table={shown.table} choice={columns.choice} onChange={columns.choose} />
              </>
            )}
            {asks_date_order && <DateOrder settings={settings} onChange={change} />}
            {columns.are_asked && !columns.are_used && (
              <p>
                <button
                  type="button"
                  className="primary"
                  disabled={!isComplete(columns.choice)}
                  onClick={columns.use}
                >
                  {say(WORDS.use_columns)}
                </button>
              </p>
            )}
            {shown.read > 0 && <PreviewCounts preview={shown} />}
            <UnknownWords
              words={shown.unknown_words}
              meanings={settings.words}
              onChange={(words) => change({ words })}
            />
            {shown.rows.length > 0 && <FirstRows rows={shown.rows} />}
            <MoreSettings
              settings={settings}
              onChange={change}
              takes={shown.takes}
              asks_date_order={asks_date_order}
            />
          </>
        )}
      </Loaded>
      <div className="actions">
        <button type="button" className="primary" disabled={!is_ready} onClick={() => order(false)}>
          {say(WORDS.import)}
        </button>
        {others > 0 && (
          <button type="button" disabled={!is_ready} onClick={() => order(true)}>
            {say(WORDS.import_all, { others })}
          </button>
        )}
        <button type="button" className="plain" onClick={onSkip}>
          {say(WORDS.skip)}
        </button>
        {!has_campaign && preview?.refusal === null && (
          <span className="quiet">{say(WORDS.campaign_missing)}</span>
        )}
      </div>
    </Panel>
  );
}

import { useState } from 'react';
import { useSay } from '../../../language/language.js';
import { Panel } from '../../../parts/panel.js';
import type { QueuedFile } from '../sending/file-queue.js';
import { FileHead } from '../sent-files.js';
import { NO_SETTINGS, type Settings } from './settings.js';
import { SettingsForm } from './settings-form.js';

const WORDS = {
  title: { en: 'Look at it first', es: 'Revise antes de importar' },
  import: { en: 'Import', es: 'Importar' },
  import_all: { en: 'Import it and the other {others} alike', es: 'Importarlo, y los otros {others} igual' },
  skip: { en: 'Don’t import it', es: 'No importarlo' },
  campaign_missing: { en: 'Say which campaign it belongs to.', es: 'Indique a qué campaña pertenece.' },
} as const;

interface ReviewProps {
  readonly queued: QueuedFile;
  /** Files that wait to be looked at besides this one. */
  readonly others: number;
  /** The settings of the file before. */
  readonly before: Settings | undefined;
  readonly onImport: (settings: Settings, how: { readonly is_for_all: boolean }) => void;
  readonly onSkip: () => void;
}

/** A file before it is imported: how it is to be read. */
export function Review({ queued, others, before, onImport, onSkip }: ReviewProps) {
  const say = useSay();
  const [settings, set] = useState<Settings>(before ?? NO_SETTINGS);
  const is_ready = settings.campaign_id.trim() !== '';
  return (
    <Panel title={say(WORDS.title)}>
      <FileHead queued={queued} />
      <SettingsForm
        settings={settings}
        onChange={(changed) => set({ ...settings, ...changed })}
        names_campaigns={false}
      />
      <div className="actions">
        <button
          type="button"
          className="primary"
          disabled={!is_ready}
          onClick={() => onImport(settings, { is_for_all: false })}
        >
          {say(WORDS.import)}
        </button>
        {others > 0 && (
          <button type="button" disabled={!is_ready} onClick={() => onImport(settings, { is_for_all: true })}>
            {say(WORDS.import_all, { others })}
          </button>
        )}
        <button type="button" className="plain" onClick={onSkip}>
          {say(WORDS.skip)}
        </button>
        {!is_ready && <span className="quiet">{say(WORDS.campaign_missing)}</span>}
      </div>
    </Panel>
  );
}

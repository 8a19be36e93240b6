import type { ImportPreviewDocument, UnknownWord } from '@recuento/contract';
import { useState } from 'react';
import { Problem } from '../../../api/problem.js';
import { useSay } from '../../../language/language.js';
import { Failure } from '../../../parts/failure.js';
import { Loading } from '../../../parts/loaded.js';
import { Panel } from '../../../parts/panel.js';
import { FileHead } from '../file-head.js';
import type { QueuedFile } from '../sending/file-queue.js';
import { ChooseColumns } from './choose-columns.js';
import { isComplete } from './column-choice.js';
import { FirstRows } from './first-rows.js';
import { MoreSettings } from './more-settings.js';
import { PreviewCounts } from './preview-counts.js';
import { Recognised } from './recognised.js';
import { isCampaign, isZone, NO_SETTINGS, OF_THE_FORMAT, type Settings } from './settings.js';
import { SettingsForm } from './settings-form.js';
import { UnknownWords } from './unknown-words.js';
import { type Columns, useColumns } from './use-columns.js';
import { usePreview } from './use-preview.js';

const WORDS = {
  title: { en: 'Before it is imported', es: 'Antes de importarlo' },
  import: { en: 'Import', es: 'Importar' },
  import_all: {
    en: 'Import it and {others} more alike',
    es: 'Importar este y {others} más de la misma forma',
  },
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

/** As the service says it of a file with nothing but blanks in it. */
const EMPTY = 'it is empty';

interface ReviewProps {
  readonly queued: QueuedFile;
  /** Files that wait to be looked at besides this one. */
  readonly others: number;
  /** To begin with; absent: none. */
  readonly begin: Settings | undefined;
  /** Words that an import of this file did not know, wherever in the file they are. */
  readonly unknown_words: readonly UnknownWord[];
  readonly onImport: (settings: Settings, how: { readonly is_for_all: boolean }) => void;
  readonly onSkip: () => void;
}

/** A file before it is imported: how it is read, and what that comes to. */
export function Review({ queued, others, begin, unknown_words, onImport, onSkip }: ReviewProps) {
  const say = useSay();
  const [settings, set] = useState<Settings>(begin ?? NO_SETTINGS);
  const change = (changed: Partial<Settings>) => set((before) => ({ ...before, ...changed }));
  const { query, last: preview, is_current } = usePreview(queued, settings);
  const columns = useColumns(preview, settings, change);
  const has_campaign = settings.campaign_id.trim() !== '' || preview?.names_campaigns === true;
  const is_sound = isCampaign(settings.campaign_id) && isZone(settings.time_zone);
  const is_ready = has_campaign && is_sound && is_current && preview?.refusal === null;
  const asks_date_order =
    preview?.table?.needs_date_order === true && (columns.are_asked || preview.takes.includes('date_order'));
  const has_content = preview !== undefined && queued.file.size > 0 && preview.refusal !== EMPTY;
  const order = (is_for_all: boolean) => {
    columns.keep();
    onImport(settings, { is_for_all });
  };
  return (
    <Panel title={say(WORDS.title)} className="imports-review">
      <FileHead file={queued.file} />
      {query.isError && (
        <Failure error={query.error} {...(mayPass(query.error) && { again: query.refetch })} />
      )}
      {query.isPending && preview === undefined && <Loading height_rem={16} />}
      {preview && (
        <>
          <Recognised
            preview={preview}
            is_empty={!has_content}
            onFormat={(format) => change({ ...OF_THE_FORMAT, format })}
          />
          {has_content && (
            <>
              <SettingsForm
                settings={settings}
                onChange={change}
                names_campaigns={preview.names_campaigns}
                asks_date_order={asks_date_order}
              />
              <ColumnsAsked preview={preview} columns={columns} />
              <UnknownWords
                words={together(preview.unknown_words, unknown_words)}
                meanings={settings.words}
                onChange={(words) => change({ words })}
              />
              {preview.read > 0 && <PreviewCounts preview={preview} />}
              {preview.rows.length > 0 && <FirstRows rows={preview.rows} />}
              <MoreSettings
                settings={settings}
                onChange={change}
                takes={preview.takes}
                asks_date_order={asks_date_order}
              />
            </>
          )}
        </>
      )}
      <div className="actions">
        {has_content && (
          <button type="button" className="primary" disabled={!is_ready} onClick={() => order(false)}>
            {say(WORDS.import)}
          </button>
        )}
        {has_content && others > 0 && (
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

interface ColumnsAskedProps {
  readonly preview: ImportPreviewDocument;
  readonly columns: Columns;
}

/** Which column is what, where nobody but the reader can say it. */
function ColumnsAsked({ preview: { table }, columns }: ColumnsAskedProps) {
  const say = useSay();
  if (!columns.are_asked || table === null) return null;
  return (
    <>
      {columns.are_used && columns.are_kept && <p className="quiet">{say(WORDS.kept)}</p>}
      <ChooseColumns table={table} choice={columns.choice} onChange={columns.choose} />
      {!columns.are_used && (
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
    </>
  );
}

/** The words of the beginning, and those that are only known from an import of all of it. */
function together(seen: readonly UnknownWord[], others: readonly UnknownWord[]): readonly UnknownWord[] {
  return [...seen, ...others.filter(({ word }) => !seen.some((each) => each.word === word))];
}

/** Whether the same call may pass later: it was not the file that was refused. */
function mayPass(error: Error): boolean {
  return !(error instanceof Problem) || error.status === 0 || error.status >= 500;
}

import { useRef, useState } from 'react';
import { useSay } from '../../language/language.js';
import { CampaignPicker, useCampaign } from '../../operation/campaign-picker.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { PeriodPicker } from '../../period/period-picker.js';
import { usePeriod } from '../../period/use-period.js';
import { useWhere } from '../../where/where.js';
import { CodesLegend } from './codes-bar.js';
import { CodesTable } from './codes-table.js';
import { ColumnChooser } from './column-chooser.js';
import { COLUMNS } from './columns.js';
import { DownloadDialog } from './download/download-dialog.js';
import { DownloadProgress } from './download/download-progress.js';
import { useDownload } from './download/use-download.js';
import { Filters } from './filters.js';
import './machine-codes.css';
import { Nothing } from './nothing.js';
import { Pages } from './pages.js';
import { DEFAULT_SORT, queryOf, questionOf } from './question.js';
import { TelephoneDialog } from './telephone/telephone-dialog.js';
import { readSearch } from './telephone-search.js';
import { useColumns } from './use-columns.js';
import { PAGE_ROWS, usePage } from './use-page.js';
import { useTelephone } from './use-telephone.js';

const WORDS = {
  title: { en: 'Machine codes', es: 'Códigos de máquina' },
  about: {
    en: 'Telephones with attempts that reached nobody, and how each attempt ended.',
    es: 'Teléfonos con intentos que no contactaron a nadie, y cómo terminó cada intento.',
  },
  download: { en: 'Download…', es: 'Descargar…' },
} as const;

export default function MachineCodes() {
  const say = useSay();
  const { params, change } = useWhere();
  const campaign = useCampaign();
  const { from, to, first_day, last_day } = usePeriod();
  const question = questionOf(params);
  const search = readSearch(question.search);
  const query = queryOf(question, { campaign, from, to });
  const { page, number, next, previous } = usePage(query);
  const { chosen, show } = useColumns();
  const { download, start, stop } = useDownload();
  const [is_choosing, setChoosing] = useState(false);
  const { telephone, hrefOf, open, close } = useTelephone();
  const top = useRef<HTMLDivElement>(null);
  const columns = COLUMNS.filter(({ name }) => chosen.has(name));
  /** The page that comes is read from its first row on. */
  const turned = (turn: (() => void) | undefined) =>
    turn &&
    (() => {
      turn();
      top.current?.scrollIntoView();
    });
  return (
    <Screen
      title={say(WORDS.title)}
      about={say(WORDS.about)}
      pickers={
        <>
          <PeriodPicker />
          <CampaignPicker />
        </>
      }
    >
      <Filters question={question} />
      <DownloadProgress download={download} again={start} stop={stop} />
      {query && (
        <Loaded query={page} height_rem={30}>
          {({ machine_codes }) => {
            // Of what begins and ends with a whole telephone, only the telephone itself was asked for.
            const rows =
              search.kind === 'whole'
                ? machine_codes.filter((row) => row.telephone === search.telephone)
                : machine_codes;
            const pages = (
              <Pages
                first={number * PAGE_ROWS + 1}
                rows={rows.length}
                previous={turned(previous)}
                next={search.kind === 'whole' ? undefined : turned(next)}
              />
            );
            if (rows.length === 0 && number === 0) return <Nothing question={question} onOpen={open} />;
            return (
              <div ref={top} className="codes-page">
                <div className="codes-tools">
                  <CodesLegend />
                  <div className="actions">
                    <ColumnChooser chosen={chosen} show={show} />
                    <button type="button" onClick={() => setChoosing(true)}>
                      {say(WORDS.download)}
                    </button>
                  </div>
                </div>
                <CodesTable
                  rows={rows}
                  columns={columns}
                  sort={search.kind === 'whole' ? undefined : question.sort}
                  onSort={(sort) => change({ sort: sort === DEFAULT_SORT ? undefined : sort })}
                  hrefOf={hrefOf}
                  onOpen={open}
                  is_old={page.isPlaceholderData}
                />
                {pages}
              </div>
            );
          }}
        </Loaded>
      )}
      {is_choosing && query && (
        <DownloadDialog
          onClose={() => setChoosing(false)}
          onChoose={(format) => {
            setChoosing(false);
            start({ format, query, name: `machine-codes-${first_day}-${last_day}` });
          }}
        />
      )}
      {telephone !== undefined && <TelephoneDialog key={telephone} telephone={telephone} onClose={close} />}
    </Screen>
  );
}

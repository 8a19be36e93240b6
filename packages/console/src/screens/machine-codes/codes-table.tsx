import { MACHINE_CODES_COLUMNS, type Text } from '@recuento/contract';
import type { ReactNode } from 'react';
import { useSay } from '../../language/language.js';
import { useOperationFormats } from '../../operation/operation.js';
import { Foreign } from '../../parts/foreign.js';
import type { Column } from './columns.js';
import type { MachineCodesRow } from './machine-codes-row.js';
import { directionOf, nextSort } from './question.js';

const WORDS = {
  caption: { en: 'Telephones', es: 'Teléfonos' },
  telephone: MACHINE_CODES_COLUMNS[0]?.heading ?? { en: 'Telephone', es: 'Teléfono' },
} as const satisfies Readonly<Record<string, Text>>;

interface CodesTableProps {
  readonly rows: readonly MachineCodesRow[];
  readonly columns: readonly Column[];
  /** Undefined: the order can't be chosen. */
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
  readonly hrefOf: (telephone: string) => string;
  readonly onOpen: (telephone: string) => void;
  /** Other rows are on their way. */
  readonly is_old: boolean;
}

/** A page of the table. A click on a heading changes its order. */
export function CodesTable(props: CodesTableProps) {
  const { rows, columns, sort, onSort, hrefOf, onOpen, is_old } = props;
  const say = useSay();
  const formats = useOperationFormats();
  return (
    // A wide table scrolls in its own frame, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by keyboard (WCAG 2.1.1)
    <section className="table codes-table" tabIndex={0} aria-label={say(WORDS.caption)}>
      <table aria-busy={is_old}>
        <caption className="unseen">{say(WORDS.caption)}</caption>
        <thead>
          <tr>
            <Heading name="telephone" sort={sort} onSort={onSort}>
              {say(WORDS.telephone)}
            </Heading>
            {columns.map(({ name, title, kind, sort: sorted_by }) => (
              <Heading key={name} name={sorted_by} sort={sort} onSort={onSort} kind={kind}>
                {say(title)}
              </Heading>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.telephone}>
              <th scope="row">
                <a
                  href={hrefOf(row.telephone)}
                  onClick={(event) => {
                    // As links everywhere: with a key held, it is the browser's.
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                    event.preventDefault();
                    onOpen(row.telephone);
                  }}
                >
                  <Foreign text={row.telephone} />
                </a>
              </th>
              {columns.map(({ name, kind, cell }) => (
                <td key={name} className={kind}>
                  {cell(row, formats)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface HeadingProps {
  /** What the table is sorted by when it is clicked; undefined: nothing. */
  readonly name: string | undefined;
  readonly sort: string | undefined;
  readonly onSort: (sort: string) => void;
  readonly kind?: Column['kind'];
  readonly children: ReactNode;
}

const ARROWS = { ascending: '↑', descending: '↓', none: '' } as const;

function Heading({ name, sort, onSort, kind = 'text', children }: HeadingProps) {
  if (name === undefined || sort === undefined) {
    return (
      <th scope="col" className={kind}>
        {children}
      </th>
    );
  }
  const direction = directionOf(sort, name);
  return (
    <th scope="col" className={kind} aria-sort={direction}>
      <button type="button" className="plain" onClick={() => onSort(nextSort(sort, name))}>
        {children} <span aria-hidden="true">{ARROWS[direction]}</span>
      </button>
    </th>
  );
}

import type { ReactNode } from 'react';

export interface PlainColumn<Row> {
  readonly key: string;
  readonly title: ReactNode;
  /** Numbers stand at the right, so that they can be compared. */
  readonly kind?: 'text' | 'number';
  readonly cell: (row: Row) => ReactNode;
}

interface PlainTableProps<Row> {
  /** What the table is about, for screen readers. */
  readonly caption: string;
  readonly columns: readonly PlainColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

/** A table of few rows. The first column names the row. */
export function PlainTable<Row>({ caption, columns, rows, keyOf }: PlainTableProps<Row>) {
  return (
    // A wide table scrolls in its own frame, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by keyboard (WCAG 2.1.1)
    <section className="table" tabIndex={0} aria-label={caption}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, kind }) => (
              <th key={key} scope="col" className={kind}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, kind, cell }, index) =>
                index === 0 ? (
                  <th key={key} scope="row" className={kind}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={key} className={kind}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

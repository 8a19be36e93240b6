import { TABLE_LIMITS, type TableFormat, type Text } from '@recuento/contract';

export type FileFormat = Exclude<TableFormat, 'json'>;

interface FormatWords {
  readonly format: FileFormat;
  readonly title: Text;
  /** What it is good for; `{rows}` is how many telephones it has at most. */
  readonly about: Text;
  readonly rows_max: number | undefined;
  /** Lines before the first row; undefined: it is not made of lines. */
  readonly head_lines: number | undefined;
}

/** The formats of the table as a file, those that people open first. */
export const FILE_FORMATS: readonly FormatWords[] = [
  {
    format: 'xlsx',
    title: { en: 'Excel workbook (xlsx)', es: 'Libro de Excel (xlsx)' },
    about: {
      en: 'Up to {rows} {rows: telephone|telephones}.',
      es: 'Hasta {rows} {rows: teléfono|teléfonos}.',
    },
    rows_max: TABLE_LIMITS.xlsx_rows_max,
    head_lines: undefined,
  },
  {
    format: 'csv',
    title: { en: 'Text with commas (csv)', es: 'Texto separado por comas (csv)' },
    about: {
      en: 'Any number of telephones. Opens in Excel and in most programs.',
      es: 'Cualquier cantidad de teléfonos. Se abre en Excel y en casi cualquier programa.',
    },
    rows_max: undefined,
    head_lines: 1,
  },
  {
    format: 'ndjson',
    title: { en: 'JSON lines (ndjson)', es: 'Líneas JSON (ndjson)' },
    about: {
      en: 'Any number of telephones. For programs.',
      es: 'Cualquier cantidad de teléfonos. Para programas.',
    },
    rows_max: undefined,
    head_lines: 0,
  },
  {
    format: 'parquet',
    title: { en: 'Parquet', es: 'Parquet' },
    about: {
      en: 'Up to {rows} {rows: telephone|telephones}. The smallest file, for data analysis.',
      es: 'Hasta {rows} {rows: teléfono|teléfonos}. El archivo más pequeño, para análisis de datos.',
    },
    rows_max: TABLE_LIMITS.parquet_rows_max,
    head_lines: undefined,
  },
];

export function formatOf(format: FileFormat): FormatWords {
  const found = FILE_FORMATS.find((one) => one.format === format);
  if (!found) throw new Error(`no format ${format}`);
  return found;
}

import { localeOf } from '../../language/formats.js';
import { useLanguage } from '../../language/language.js';
import { Foreign } from '../../parts/foreign.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file in the unit that suits it. */
export function useSize(): (bytes: number) => string {
  const { language } = useLanguage();
  const locale = localeOf(language, navigator.languages);
  return (bytes) => {
    const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
    const unit = UNITS[power];
    return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(
      bytes / 1_000 ** power,
    );
  };
}

/** A file's name and size. */
export function FileHead({ file }: { readonly file: File }) {
  const size = useSize();
  return (
    <p className="imports-file">
      <strong>
        <Foreign text={file.name} />
      </strong>{' '}
      <span className="quiet">{size(file.size)}</span>
    </p>
  );
}

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

/** Characters that are shown of a name: file systems end at 255 bytes, and a page can be handed any. */
const NAME_CHARS = 160;

/** A file's name and size. */
export function FileHead({ file }: { readonly file: File }) {
  const size = useSize();
  return (
    <p>
      <strong>
        <Foreign text={file.name.length > NAME_CHARS ? `${file.name.slice(0, NAME_CHARS)}…` : file.name} />
      </strong>{' '}
      <span className="quiet">{size(file.size)}</span>
    </p>
  );
}

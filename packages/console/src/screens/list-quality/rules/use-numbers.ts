import { useMemo } from 'react';
import { localeOf } from '../../../language/formats.js';
import { useLanguage } from '../../../language/language.js';
import type { WriteNumber } from './draft.js';

interface RuleNumbers {
  /** Of a share: 2.25 %. A threshold is written with all of its digits. */
  readonly percent: (share: number) => string;
  /** Of a share, with two digits: 0.1 %. */
  readonly about: (share: number) => string;
  /** As it stands in a field: without a separator of thousands. */
  readonly write: WriteNumber;
}

/** Numbers of rules as the reader's region writes them. */
export function useNumbers(): RuleNumbers {
  const { language } = useLanguage();
  return useMemo(() => {
    const locale = localeOf(language, navigator.languages);
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 3 });
    const about = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 });
    const plain = new Intl.NumberFormat(locale, { useGrouping: false, maximumSignificantDigits: 12 });
    return {
      percent: (share) => percent.format(share),
      about: (share) => about.format(share),
      write: (number) => plain.format(number),
    };
  }, [language]);
}

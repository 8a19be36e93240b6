import { FIELD_LIMITS, type ImportFormatName, type MachineCode } from '@recuento/contract';

/** How a file is to be read, as somebody has set it. Empty: as the service does by itself. */
export interface Settings {
  readonly format: ImportFormatName | 'auto';
  readonly campaign_id: string;
  readonly time_zone: string;
  readonly encoding: string;
  readonly date_order: string;
  readonly phone_code: string;
  readonly strip_prefix: string;
  readonly only: string;
  readonly all_dialed: boolean;
  readonly replace: boolean;
  /** As the API takes it: `telephone=Phone,…`. */
  readonly map: string;
  /** The meanings that somebody gave to result words. */
  readonly words: ReadonlyMap<string, MachineCode>;
}

export const NO_SETTINGS: Settings = {
  format: 'auto',
  campaign_id: '',
  time_zone: '',
  encoding: '',
  date_order: '',
  phone_code: '',
  strip_prefix: '',
  only: '',
  all_dialed: false,
  replace: false,
  map: '',
  words: new Map(),
};

/** The settings that depend on the format: with another format they go. */
export const OF_THE_FORMAT = {
  date_order: '',
  phone_code: '',
  strip_prefix: '',
  only: '',
  all_dialed: false,
  map: '',
} as const satisfies Partial<Settings>;

/** Whether the browser, and so the service, knows a time zone by that name; nothing is the operation's own. */
export function isZone(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text.trim() });
    return /^[A-Za-z]/.test(text.trim());
  } catch {
    return false;
  }
}

/** Whether it is the number of a campaign; nothing is none. */
export function isCampaign(text: string): boolean {
  const number = Number(text);
  return (
    text.trim() === '' || (Number.isInteger(number) && number >= 1 && number <= FIELD_LIMITS.campaign_id_max)
  );
}

/** Settings as query parameters; those that are empty stay away. */
export function queryOf(settings: Settings): Record<string, string | undefined> {
  const { words, all_dialed, replace, format, ...texts } = settings;
  const told = Object.entries(texts).map(([name, text]) => [
    name,
    text.trim() === '' ? undefined : text.trim(),
  ]);
  return {
    format,
    ...Object.fromEntries(told),
    all_dialed: all_dialed ? 'yes' : undefined,
    replace: replace ? 'yes' : undefined,
    words: wordsText(words),
  };
}

/** Words as the API takes them: each between double quotes, so that any mark may stand in it. */
function wordsText(words: ReadonlyMap<string, MachineCode>): string | undefined {
  if (words.size === 0) return undefined;
  return [...words].map(([word, code]) => `"${word.replaceAll('"', '""')}"=${code}`).join(',');
}

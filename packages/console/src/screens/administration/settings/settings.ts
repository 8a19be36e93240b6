import {
  DEFAULT_LIMITS,
  FIELD_LIMITS,
  isTimeZone,
  LIMIT_BOUNDS,
  type OperationDocument,
  type OperationLimits,
  type OperationPatch,
} from '@recuento/contract';

/** The settings of an operation that people change, in the order in which they are shown. Each is a text while it is edited. */
export const SETTING_GROUPS = {
  general: ['name', 'licences', 'time_zone'],
  replies: ['code', 'empty_status'],
  telephones: ['country', 'dial_prefixes'],
  limits: [
    'max_rows',
    'max_records',
    'max_window_days',
    'max_reply_bytes',
    'max_call_ms',
    'max_simultaneous',
    'calls_per_licence',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SettingGroup = keyof typeof SETTING_GROUPS;
export type SettingName = (typeof SETTING_GROUPS)[SettingGroup][number];
export type Draft = Readonly<Record<SettingName, string>>;

/** What people count some limits in. All others are plain numbers. */
const UNIT_OF: Readonly<Partial<Record<SettingName, number>>> = {
  max_reply_bytes: 1024 * 1024,
  max_call_ms: 1_000,
};

/** The licences that an operation may have. */
const LICENCES = [1, 100_000] as const;

/** Whether a setting is one of the limits. */
export function isLimit(name: SettingName): name is SettingName & keyof OperationLimits {
  return name in LIMIT_BOUNDS;
}

/** How far a number may be moved, in the unit that people count it in; undefined: it is none. */
export function boundsOf(name: SettingName): readonly [least: number, most: number] | undefined {
  if (name === 'licences') return LICENCES;
  if (!isLimit(name)) return undefined;
  const [least, most] = LIMIT_BOUNDS[name];
  return [inUnit(name, least), inUnit(name, most)];
}

/** What a limit is where nobody changed it, in the unit that people count it in. */
export function defaultOf(name: keyof OperationLimits & SettingName): number {
  return inUnit(name, DEFAULT_LIMITS[name]);
}

function inUnit(name: SettingName, number: number): number {
  return number / (UNIT_OF[name] ?? 1);
}

/** The settings as they are, to be edited. */
export function draftOf({
  name,
  licences,
  time_zone,
  reply_profile,
  numbering,
  limits,
}: OperationDocument): Draft {
  const limit = (named: keyof OperationLimits & SettingName) => String(inUnit(named, limits[named]));
  return {
    name,
    licences: String(licences),
    time_zone,
    code: reply_profile.code,
    empty_status: String(reply_profile.empty_status),
    country: numbering?.country ?? '',
    dial_prefixes: (numbering?.dial_prefixes ?? []).join(', '),
    max_rows: limit('max_rows'),
    max_records: limit('max_records'),
    max_window_days: limit('max_window_days'),
    max_reply_bytes: limit('max_reply_bytes'),
    max_call_ms: limit('max_call_ms'),
    max_simultaneous: limit('max_simultaneous'),
    calls_per_licence: limit('calls_per_licence'),
  };
}

/** What is wrong with a setting. */
export type Fault = 'empty' | 'bounds' | 'zone' | 'country' | 'prefixes';

/** What is wrong with the value of a setting, as far as it can be told here; the service tells the rest. */
export function faultOf(setting: SettingName, draft: Draft): Fault | undefined {
  const text = draft[setting].trim();
  const bounds = boundsOf(setting);
  if (bounds)
    return isBetween(
      stored(setting, text),
      bounds.map((bound) => bound * (UNIT_OF[setting] ?? 1)),
    );
  switch (setting) {
    case 'name':
      return text === '' || [...text].length > FIELD_LIMITS.text_chars ? 'empty' : undefined;
    case 'time_zone':
      return isTimeZone(text) ? undefined : 'zone';
    case 'country':
      if (text === '') return draft.dial_prefixes.trim() === '' ? undefined : 'country';
      return /^[A-Za-z]{2}$/.test(text) ? undefined : 'country';
    case 'dial_prefixes':
      return prefixesOf(text).every((prefix) => /^[0-9*#]{1,8}$/.test(prefix)) ? undefined : 'prefixes';
    default:
      return undefined;
  }
}

function isBetween(number: number, [least = 0, most = 0]: readonly number[]): Fault | undefined {
  return Number.isInteger(number) && number >= least && number <= most ? undefined : 'bounds';
}

/** The settings of a group that differ from what they were. */
export function changedIn(group: SettingGroup, before: Draft, draft: Draft): readonly SettingName[] {
  return SETTING_GROUPS[group].filter((name) => draft[name].trim() !== before[name].trim());
}

/** What is sent to change these settings and no others. They have no faults. */
export function patchOf(changed: readonly SettingName[], draft: Draft): Omit<OperationPatch, 'words'> {
  const has = (name: SettingName) => changed.includes(name);
  const limits = Object.fromEntries(
    changed.filter(isLimit).map((name) => [name, stored(name, draft[name])]),
  ) satisfies OperationPatch['limits'];
  return {
    ...(has('name') && { name: draft.name.trim() }),
    ...(has('licences') && { licences: stored('licences', draft.licences) }),
    ...(has('time_zone') && { time_zone: draft.time_zone.trim() }),
    ...((has('code') || has('empty_status')) && {
      reply_profile: {
        ...(has('code') && { code: draft.code === 'string' ? ('string' as const) : ('number' as const) }),
        ...(has('empty_status') && {
          empty_status: draft.empty_status === '200' ? (200 as const) : (404 as const),
        }),
      },
    }),
    ...((has('country') || has('dial_prefixes')) && { numbering: numberingOf(draft) }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

/** Numbering is one thing: its parts mean nothing without each other. */
function numberingOf({ country, dial_prefixes }: Draft) {
  return country.trim() === ''
    ? null
    : { country: country.trim().toUpperCase(), dial_prefixes: prefixesOf(dial_prefixes) };
}

function prefixesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((prefix) => prefix !== ''))];
}

/** A number as the API counts it; NaN where the text is none. A comma is a decimal point to many. */
function stored(name: SettingName, text: string): number {
  const plain = text.trim().replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(plain)) return Number.NaN;
  // 0.1 s are 100 ms, and not 100.00000000000001.
  return Number((Number(plain) * (UNIT_OF[name] ?? 1)).toFixed(6));
}

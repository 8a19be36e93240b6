/**
 * `done` and `failed` are ends (`reason` says why it failed); `interrupted` is what a stop of the service made of a
 * running one: what was counted as stored is stored, and running the file again completes it. `undoing` and `undone` are
 * what taking it back makes of any of the three.
 */
export const IMPORT_STATES = ['running', 'done', 'failed', 'interrupted', 'undoing', 'undone'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Kinds of files that can be imported, as `format=` names them. */
export const IMPORT_FORMATS = [
  'asterisk-csv',
  'asterisk-custom',
  'asterisk-sql',
  'csv',
  'freeswitch-csv',
  'freeswitch-json',
  'freeswitch-xml',
  'fusionpbx',
  'grandstream',
  'plivo',
  'twilio',
  'vendor-campaign-3',
  'vicidial-export',
  'vicidial-log',
] as const;
export type ImportFormatName = (typeof IMPORT_FORMATS)[number];

/**
 * How the bytes of a file are characters. `auto`: UTF-8, save that a line which is not valid UTF-8 is read as Latin-1,
 * by itself, and counted. A stream can't be rewound to read the lines before it otherwise; and it need not be: a file
 * that is Latin-1 throughout has its non-ASCII characters in such lines alone, as hardly a Latin-1 word is UTF-8.
 * `utf-8`: such a line is rejected. `latin1`: every byte is a character.
 */
export const ENCODINGS = ['auto', 'utf-8', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

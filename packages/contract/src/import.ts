/**
 * States of an import. `done` and `failed` are final (`reason` says why it failed). `interrupted`: the service stopped
 * while the import was running; what was counted as stored is stored, and importing the file again completes it.
 * `undoing` and `undone` follow any of these three when the import is taken back.
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
 * How bytes become characters. `auto`: UTF-8, except that a line which is not valid UTF-8 is read as Latin-1 and counted.
 * Each line is decided by itself: a stream can't be rewound to read earlier lines differently. It need not be, either:
 * hardly any Latin-1 word is valid UTF-8, so in a Latin-1 file every line with a non-ASCII character is such a line.
 * `utf-8`: such a line is rejected. `latin1`: every byte is a character.
 */
export const ENCODINGS = ['auto', 'utf-8', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

import type { MachineCode } from './machine-codes.js';

/**
 * `done` and `failed` are ends (`reason` says why it failed); `interrupted` is what a stop of the service made of a
 * running one. Whatever the state, what was counted as stored is stored, and running the file again completes it.
 */
export const IMPORT_STATES = ['running', 'done', 'failed', 'interrupted'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** Kinds of files that can be imported, as `format=` names them. */
export const IMPORT_FORMATS = [
  'asterisk-csv',
  'asterisk-custom',
  'asterisk-sql',
  'csv',
  'freeswitch-csv',
  'freeswitch-json',
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

/** Formats whose first line names the columns: each part of a file that is sent by itself has to begin with it. */
export const HEADER_FORMATS: readonly string[] = [
  'asterisk-sql',
  'csv',
  'twilio',
  'vicidial-export',
  'vicidial-log',
];

/** Counts of an import, in lines. `read` is the sum of the five that follow it, always. */
export interface ImportCounts {
  /** Bytes of the body taken in so far, as they came (compressed where they were). */
  readonly bytes: number;
  readonly read: number;
  /** Lines that added an attempt or told more of one than the store knew. */
  readonly stored: number;
  /** Lines whose attempt the store had already, with as strong an outcome or a stronger one. */
  readonly unchanged: number;
  /** Lines that are further legs of a call that the import met already. */
  readonly joined: number;
  /** Lines that are well formed but no attempt, or not the end of one. */
  readonly skipped: number;
  readonly rejected: number;
  /** Lines that are not valid UTF-8 and were read as Latin-1. */
  readonly latin1_lines: number;
  readonly skipped_by_reason: Readonly<Record<string, number>>;
  /** How the attempts of stored and unchanged lines ended, as the file tells it. */
  readonly codes: Readonly<Partial<Record<MachineCode, number>>>;
}

/** An import, as `/v1/imports` shows it. Times are RFC 3339 in UTC. */
export interface ImportDocument extends ImportCounts {
  readonly id: string;
  readonly state: ImportState;
  readonly reason: string | null;
  readonly format: string;
  /** What showed the format of a file that was imported as `auto`; null where the request named it. */
  readonly format_reason: string | null;
  /** null where each record names its own. */
  readonly campaign_id: number | null;
  /** The zone in which times without an offset were read, and whether the request or the operation named it. */
  readonly time_zone: string;
  readonly time_zone_from: 'parameter' | 'operation';
  readonly lines_per_second: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A line that was rejected: its number from 1, why, and its text up to 4 KiB. */
export interface RejectDocument {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

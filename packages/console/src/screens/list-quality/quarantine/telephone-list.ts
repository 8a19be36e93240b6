import { FIELD_LIMITS, textFault } from '@recuento/contract';

/** Telephones of a list at most: twenty acts. Longer lists are a rule's to choose, or a program's to send. */
export const LIST_MAX = 200_000;

/** Bytes of a file at most: as many telephones as that with room to spare, and held in memory once. */
export const FILE_MAX_BYTES = 16 * 1024 * 1024;

/** Lines with a fault that are shown: enough to see what is wrong with the file. */
const FAULTS_SHOWN = 5;

/** Why a line is no telephone. `columns`: beside the telephone there is something else on it. */
export type LineFault = 'too_long' | 'unreadable' | 'columns';

export interface FaultyLine {
  /** From 1 on, as editors count. */
  readonly line: number;
  readonly text: string;
  readonly fault: LineFault;
}

/** A list as it was understood. */
export interface ReadList {
  /** Each once, in the order of the list; `LIST_MAX` at most. */
  readonly telephones: readonly string[];
  /** Lines with a telephone that was there already. */
  readonly repeated: number;
  /** The first line, where it is a heading. */
  readonly heading: string | undefined;
  readonly faults: number;
  readonly faulty: readonly FaultyLine[];
  /** Telephones with blanks, hyphens or brackets: dialers rarely dial them so. */
  readonly punctuated: number;
  readonly is_too_long: boolean;
}

/** What people write into a telephone for the eye, and what address books put around one. */
const PUNCTUATION = /[\s().\-\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A telephone, and after a comma or the like something else. */
const HAS_COLUMNS = /^"?\+?[\d\s().-]{5,}"?\s*[,;|\t]/;

/**
 * Reads a list of one telephone a line. Blank lines mean nothing, quotes around a line and a heading are passed over.
 *
 * @param is_tidied takes blanks, hyphens and brackets out of the telephones
 */
export function readList(text: string, is_tidied = false): ReadList {
  const telephones = new Set<string>();
  const faulty: FaultyLine[] = [];
  let repeated = 0;
  let faults = 0;
  let punctuated = 0;
  let heading: string | undefined;
  let is_first = true;
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const written = unquoted(raw.trim());
    if (written === '') continue;
    if (is_first && isHeading(written)) heading = written;
    else {
      const telephone = is_tidied ? written.replace(PUNCTUATION, '') : written;
      const fault = faultOf(telephone);
      if (fault) {
        faults += 1;
        if (faulty.length < FAULTS_SHOWN) faulty.push({ line: index + 1, text: raw, fault });
      } else if (telephones.has(telephone)) repeated += 1;
      else if (telephones.size === LIST_MAX) return { ...read(), is_too_long: true };
      else {
        telephones.add(telephone);
        if (telephone.search(PUNCTUATION) >= 0) punctuated += 1;
      }
    }
    is_first = false;
  }
  return read();

  function read(): ReadList {
    return {
      telephones: [...telephones],
      repeated,
      heading,
      faults,
      faulty,
      punctuated,
      is_too_long: false,
    };
  }
}

const unquoted = (line: string) => /^"([^"]*)"$/.exec(line)?.[1]?.trim() ?? line;

/** A word or two without a digit, as `Telephone`. */
const isHeading = (line: string) => /^[\p{L}\s_-]{1,40}$/u.test(line);

function faultOf(telephone: string): LineFault | undefined {
  if (HAS_COLUMNS.test(telephone)) return 'columns';
  const fault = textFault(telephone, FIELD_LIMITS.telephone_chars);
  if (fault === undefined) return undefined;
  return fault.startsWith('has more') ? 'too_long' : 'unreadable';
}

/** Why a file is not read. */
export type FileFault = 'too_large' | 'workbook';

/** The text of a file: UTF-8, or UTF-16 as spreadsheets save it. */
export async function textOfFile(
  file: Blob,
): Promise<{ readonly text: string } | { readonly fault: FileFault }> {
  if (file.size > FILE_MAX_BYTES) return { fault: 'too_large' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const begins = (...first: number[]) => first.every((byte, at) => bytes[at] === byte);
  // A workbook is a zip archive.
  if (begins(0x50, 0x4b, 3, 4)) return { fault: 'workbook' };
  return { text: new TextDecoder(begins(0xff, 0xfe) ? 'utf-16le' : 'utf-8').decode(bytes) };
}

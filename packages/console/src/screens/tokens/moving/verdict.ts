import { isSameServer, isServerCode, type OperationDocument, serverCodeOf } from '@recuento/contract';
import type { Answer } from './ask.js';
import type { Trial } from './trial.js';

/** How it stands with one thing: right; to be done; or not known yet. */
export type Standing = 'right' | 'todo' | 'open';

/** What a verdict is, and which sentence says it. */
export interface Verdict<Case extends string> {
  readonly standing: Standing;
  readonly case: Case;
}

type Profile = OperationDocument['reply_profile'];

/** What people type or paste: a server code, a host name, or a whole address of the vendor's. */
export function namedServer(typed: string): string {
  const text = typed.trim();
  // Not by URL: it would write the host in small letters, and codes with letters are told apart by them.
  return /^https?:\/\/([^/:?#\s]+)/i.exec(text)?.[1] ?? text;
}

/** Whether the server code that a program sends is that of the operation, by the service's own rule. */
export function serverVerdict(typed: string, server: string): Verdict<'none' | 'same' | 'no_code' | 'other'> {
  const named = namedServer(typed);
  if (named === '') return { standing: 'open', case: 'none' };
  if (isSameServer(named, server)) return { standing: 'right', case: 'same' };
  return { standing: 'todo', case: isServerCode(serverCodeOf(named)) ? 'other' : 'no_code' };
}

/** Whether programs reach the service over an encrypted address. */
export function addressVerdict({
  protocol,
  hostname,
}: Pick<Location, 'protocol' | 'hostname'>): Verdict<'encrypted' | 'this_machine' | 'plain'> {
  if (protocol === 'https:') return { standing: 'right', case: 'encrypted' };
  const is_here = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
  return { standing: 'todo', case: is_here ? 'this_machine' : 'plain' };
}

/** A code that is refused for its server says so by its status alone; a report, or none, says that the header was lost. */
export function headerVerdict(trial: Trial | undefined): Verdict<'open' | 'arrives' | 'lost' | 'refused'> {
  if (!trial) return { standing: 'open', case: 'open' };
  if (isReport(trial.stranger)) return { standing: 'todo', case: 'lost' };
  return isReport(trial.empty)
    ? { standing: 'right', case: 'arrives' }
    : { standing: 'todo', case: 'refused' };
}

/** What a program wants, as far as its people know. */
export type Wanted<Value> = Value | 'unknown';

/** Whether `code` comes as the program wants it. What was seen holds before what is set. */
export function codeVerdict(
  wanted: Wanted<Profile['code']>,
  profile: Profile | undefined,
  trial: Trial | undefined,
): Verdict<'open' | 'fits' | 'differs'> {
  const seen = trial?.window.code_type;
  const given = seen === undefined || seen === 'none' ? profile?.code : seen;
  return compared(wanted, given);
}

/** Whether a report without rows comes as the program wants it. */
export function emptyVerdict(
  wanted: Wanted<Profile['empty_status']>,
  profile: Profile | undefined,
  trial: Trial | undefined,
): Verdict<'open' | 'fits' | 'differs'> {
  const given = trial && isReport(trial.empty) ? trial.empty.status : profile?.empty_status;
  return compared<number>(wanted, given);
}

function compared<Value>(
  wanted: Wanted<Value>,
  given: Value | undefined,
): Verdict<'open' | 'fits' | 'differs'> {
  if (wanted === 'unknown' || given === undefined) return { standing: 'open', case: 'open' };
  return wanted === given ? { standing: 'right', case: 'fits' } : { standing: 'todo', case: 'differs' };
}

/** Whether the window that a program asks for fits into one call. */
export function windowVerdict(
  days: number,
  max_days: number | undefined,
  trial: Trial | undefined,
): Verdict<'open' | 'too_many_days' | 'fits' | 'too_many_rows' | 'refused'> {
  if (max_days !== undefined && days > max_days) return { standing: 'todo', case: 'too_many_days' };
  if (!trial) return { standing: 'open', case: 'open' };
  if (isReport(trial.window)) return { standing: 'right', case: 'fits' };
  return { standing: 'todo', case: trial.window.status === 413 ? 'too_many_rows' : 'refused' };
}

/** Clocks that differ by less are set by the network, and a window is a second at the least. */
const CLOCKS_AGREE_MS = 60_000;

/** Whether the clock of this computer, and its time zone, are those of the operation. */
export function clockVerdict(
  trial: Trial | undefined,
  own_offset: string,
  operation_offset: string,
): Verdict<'open' | 'right' | 'other_zone' | 'wrong_clock'> {
  if (own_offset !== operation_offset) return { standing: 'todo', case: 'other_zone' };
  if (trial?.ahead_ms === undefined) return { standing: 'open', case: 'open' };
  return Math.abs(trial.ahead_ms) > CLOCKS_AGREE_MS
    ? { standing: 'todo', case: 'wrong_clock' }
    : { standing: 'right', case: 'right' };
}

/** A report with rows, or one without: 404, or 200 by the reply profile. Both are in an envelope with a code. */
export function isReport({ status, code_type, rows }: Answer): boolean {
  if (status === 200) return code_type !== 'none' || rows === undefined;
  return status === 404 && code_type !== 'none';
}

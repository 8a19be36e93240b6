import { RecuentoError } from '@recuento/contract';
import { parseCursor, writeCursor } from '../../reports/cursor.js';
import { NEVER_S } from './standing.js';

export type EventAction = 'quarantine' | 'restore' | 'retest';

/** Where an event is in the order of acts, and of telephones within an act. */
export interface EventPlace {
  readonly act: number;
  readonly telephone: string;
}

/** Before all events: numbers of acts begin with 0, and no telephone is empty. */
export const BEFORE_ALL: EventPlace = { act: 0, telephone: '' };

export function writePlace({ act, telephone }: EventPlace): string {
  return writeCursor(`${act} ${telephone}`);
}

/**
 * @param parameter the name under which it was sent
 * @returns undefined for the empty cursor
 * @throws RecuentoError bad-parameter, also for a cursor of another list
 */
export function parsePlace(cursor: string, parameter: string): EventPlace | undefined {
  if (cursor === '') return undefined;
  const form = 'empty to start, then what the last reply gave';
  const bad = new RecuentoError('bad-parameter', { values: { parameter, form } });
  let key: string;
  try {
    key = parseCursor(cursor);
  } catch {
    throw bad;
  }
  const [, act, telephone] = /^(\d{1,10}) (.*)$/su.exec(key) ?? [];
  if (act === undefined || telephone === undefined || Number(act) > ACT_MAX) throw bad;
  return { act: Number(act), telephone };
}

/** The engine keeps numbers of acts as UInt32. */
export const ACT_MAX = 2 ** 32 - 1;

/** @param until as the engine keeps it */
export const untilOf = (until: number): number | null => (until === 0 || until === NEVER_S ? null : until);

import { inForce, strongest } from './standing.js';

/**
 * What an act does to one telephone, as SQL. It sees `held`, the telephone's holds (`hygiene_events.holds`) before the act, and
 * `wanted`, until when it is to be put aside; `{act_number}` and `{act_at}` are the act's.
 */
export interface Decision {
  /** Values that the others are made of, each `… AS name`; later ones may use earlier ones. */
  readonly values: readonly string[];
  /** Whether the act does anything to the telephone. */
  readonly is_taken: string;
  readonly action: string;
  /** Its holds afterwards. */
  readonly after: string;
  /** Whether it stands in another way afterwards. */
  readonly changed: string;
}

/**
 * Holds of a telephone at most, beside that of `add_dnc`. A further one is only added where it lasts longer than all of them, and
 * then the oldest go: nobody who puts one telephone aside so often wants the first of them back.
 */
const HOLDS_MAX = 8;

const STANDING = `${inForce('held')} AS standing`;
const hold = (ends: 0 | 1) => `(toUInt32({act_number:UInt32}), toUInt32(wanted), toUInt8(${ends}))`;

/** Puts aside what is not put aside, and what would be due, or end, earlier. */
export const QUARANTINE: Decision = {
  values: [STANDING],
  is_taken: 'empty(standing) OR wanted > arrayMax(h -> h.2, standing)',
  action: `'quarantine'`,
  after: `arrayConcat(arrayFilter(h -> h.3 = 1, standing),
    arraySlice(arrayPushFront(arrayFilter(h -> h.3 = 0, standing), ${hold(0)}), 1, ${HOLDS_MAX}))`,
  changed: '1',
};

/** As `add_dnc`: the new time replaces that of an earlier entry, whichever is longer. Other holds stay. */
export const BLOCK: Decision = {
  values: [STANDING],
  is_taken: '1',
  action: `'quarantine'`,
  after: `arrayPushFront(arrayFilter(h -> h.3 = 0, standing), ${hold(1)})`,
  changed: 'empty(standing) OR arrayMax(h -> h.2, standing) != until_after',
};

/** Puts a telephone back, whatever holds it. */
export const RESTORE: Decision = {
  values: [STANDING],
  is_taken: 'notEmpty(standing)',
  action: `'restore'`,
  after: '[]',
  changed: '1',
};

/**
 * Undoes the act `{act_undone}`: what it held is held by the other acts alone whose time is not over yet. Where another act is the
 * one that puts the telephone aside, nothing changes for now.
 */
export const UNDO: Decision = {
  values: [
    STANDING,
    `tupleElement(${strongest('standing')}, 1) = {act_undone:UInt32} AS was_strongest`,
    `arrayFilter(h -> h.1 != {act_undone:UInt32} AND (NOT was_strongest OR h.2 > {act_at:UInt32}), standing) AS kept`,
  ],
  is_taken: 'arrayExists(h -> h.1 = {act_undone:UInt32}, standing)',
  action: `if(empty(kept), 'restore', 'quarantine')`,
  after: 'kept',
  changed: 'was_strongest',
};

const IS_OVER = 'notEmpty(held) AND arrayMax(h -> h.2, held) <= {act_at:UInt32}';

/** Lets a telephone be dialed again whose time has come. */
export const RETEST: Decision = {
  values: [],
  is_taken: `${IS_OVER} AND arrayExists(h -> h.3 = 0, held)`,
  action: `'retest'`,
  after: '[]',
  changed: '1',
};

/** Notes that the time of `add_dnc` is over. The telephone is not put aside from that second on, also before this is noted. */
export const EXPIRE: Decision = {
  values: [],
  is_taken: `${IS_OVER} AND NOT arrayExists(h -> h.3 = 0, held)`,
  action: `'restore'`,
  after: '[]',
  changed: '1',
};

import { inForce, REMOVED, strongest } from './standing.js';

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
const hold = (kind: number) => `(toUInt32({act_number:UInt32}), toUInt32(wanted), toUInt8(${kind}))`;
/** What `remove_record` left on it: nothing but a restore and a recall takes that away. */
const REMOVAL = `arrayFilter(h -> h.3 = ${REMOVED}, held)`;
const UNTIL_BEFORE = 'arrayMax(h -> h.2, standing)';

/**
 * Puts aside what is not put aside, and what would be due, or end, earlier. Beside a removal it is added all the same: a recall takes
 * that away, and not what somebody put aside.
 */
export const QUARANTINE: Decision = {
  values: [STANDING, `arrayFilter(h -> h.3 != ${REMOVED}, standing) AS others`],
  is_taken: 'empty(others) OR wanted > arrayMax(h -> h.2, others)',
  action: `'quarantine'`,
  after: `arrayConcat(arrayFilter(h -> h.3 = 1, standing), ${REMOVAL},
    arraySlice(arrayPushFront(arrayFilter(h -> h.3 = 0, standing), ${hold(0)}), 1, ${HOLDS_MAX}))`,
  changed: `empty(standing) OR ${UNTIL_BEFORE} != until_after`,
};

/** As `add_dnc`: the new time replaces that of an earlier entry, whichever is longer. Other holds stay. */
export const BLOCK: Decision = {
  values: [STANDING],
  is_taken: '1',
  action: `'quarantine'`,
  after: `arrayPushFront(arrayConcat(arrayFilter(h -> h.3 = 0, standing), ${REMOVAL}), ${hold(1)})`,
  changed: `empty(standing) OR ${UNTIL_BEFORE} != until_after`,
};

/**
 * As `remove_record`: put aside where `wanted` says so, beside whatever else holds it. Where `wanted` is 0 it only remembers who was
 * removed (`records/removed.ts`): other customers have the telephone.
 */
export const REMOVE: Decision = {
  values: [STANDING],
  is_taken: '1',
  action: `if(empty(${inForce('after')}), 'restore', 'quarantine')`,
  after: `arrayPushFront(arrayFilter(h -> h.3 != ${REMOVED}, standing), ${hold(REMOVED)})`,
  changed: `${UNTIL_BEFORE} != until_after`,
};

/** As `recall_records`: undoes removals, and nothing else. What is over by then is not in force again. */
export const RECALL: Decision = {
  values: [
    STANDING,
    `tupleElement(${strongest('standing')}, 3) = ${REMOVED} AS was_strongest`,
    `arrayFilter(h -> h.3 != ${REMOVED} AND (NOT was_strongest OR h.2 > {act_at:UInt32}), standing) AS kept`,
  ],
  is_taken: `notEmpty(${REMOVAL})`,
  action: `if(empty(kept), 'restore', 'quarantine')`,
  after: 'kept',
  changed: `${UNTIL_BEFORE} != until_after`,
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
  is_taken: `arrayExists(h -> h.1 = {act_undone:UInt32}, arrayConcat(standing, ${REMOVAL}))`,
  action: `if(empty(kept), 'restore', 'quarantine')`,
  // Of a removal that only remembers, too.
  after: `arrayConcat(kept, arrayFilter(h -> h.1 != {act_undone:UInt32} AND h.2 = 0, ${REMOVAL}))`,
  changed: 'was_strongest',
};

const IS_OVER = 'notEmpty(held) AND arrayMax(h -> h.2, held) <= {act_at:UInt32}';

/** Lets a telephone be dialed again whose time has come. */
export const RETEST: Decision = {
  values: [],
  is_taken: `${IS_OVER} AND arrayExists(h -> h.3 = 0, held)`,
  action: `'retest'`,
  after: REMOVAL,
  changed: '1',
};

/** Notes that the time of `add_dnc` is over. The telephone is not put aside from that second on, also before this is noted. */
export const EXPIRE: Decision = {
  values: [],
  is_taken: `${IS_OVER} AND arrayExists(h -> h.3 = 1, held) AND NOT arrayExists(h -> h.3 = 0, held)`,
  action: `'restore'`,
  after: REMOVAL,
  changed: '1',
};

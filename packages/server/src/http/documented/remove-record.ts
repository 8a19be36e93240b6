import { customerId, RecuentoError, removeRecordQuery, removeRecordSchema } from '@recuento/contract';
import { type GiveTurn, Turns } from '../../admission/turns.js';
import { Faults } from '../faults.js';
import { readQuery } from '../read-query.js';
import type { ChangeRecords } from './change-records.js';

/** Ids that are read before others get their turn: some milliseconds where all of them are wrong. */
const A_TURN = { items: 500, bytes: 64 * 1024 };

/** `remove_record`: the telephones of customers of a campaign are put aside. */
export function removeRecord(query: unknown): ChangeRecords {
  const { campaign_id, result } = readQuery(removeRecordQuery, query);
  const condition = result && { field: 'result' as const, code: result };
  return async ({ campaign_records }, { id, limits }, body, asking) => {
    const ids = await idsIn(body, limits.max_records, asking.give_turn);
    const { customers, put_aside, still_dialed } = await campaign_records.remove(
      id,
      { campaign_id, condition },
      ids,
      asking,
    );
    if (customers === 0) return undefined;
    const not_found = ids.length - customers;
    return {
      msg: [
        `${customers} records were removed`,
        ...(not_found > 0 ? [`${not_found} were not found`] : []),
        ...(still_dialed > 0
          ? [`${still_dialed} of their telephones are still dialed: other customers have them`]
          : []),
      ].join(', '),
      counts: {
        total_sent: ids.length,
        total_removed: customers,
        total_not_found: not_found,
        telephones_put_aside: put_aside,
        telephones_still_dialed: still_dialed,
      },
    };
  };
}

/** @returns each id once @throws RecuentoError invalid-records, too-many-records */
async function idsIn(body: unknown, limit: number, give_turn: GiveTurn): Promise<string[]> {
  const faults = new Faults();
  const parsed = removeRecordSchema.safeParse(body);
  if (!parsed.success) {
    faults.addAll(parsed.error, 0);
    throw faults.error();
  }
  const { customer_id: sent } = parsed.data;
  const turns = new Turns(A_TURN, give_turn);
  const ids = new Set<string>();
  const parts = typeof sent === 'string' ? partsOf(sent) : [sent].flat();
  let [count, index] = [0, -1];
  for (const one of parts) {
    index += 1;
    if (turns.isOver(typeof one === 'string' ? one.length : 0)) await turns.give();
    // Commas at an end, or several in a row, name nobody.
    if (typeof sent === 'string' && String(one).trim() === '') continue;
    count += 1;
    if (count > limit) continue;
    const id = customerId.safeParse(one);
    if (id.success) ids.add(id.data);
    else faults.add({ index, field: 'customer_id', reason: id.error.issues[0]?.message ?? '' });
  }
  if (count > limit) throw new RecuentoError('too-many-records', { values: { records: count, limit } });
  if (count === 0) faults.add({ index: 0, field: 'customer_id', reason: 'is missing' });
  if (faults.count > 0) throw faults.error();
  return [...ids];
}

/** The parts between commas, one after another: a body of nothing but commas has a million. */
function* partsOf(text: string): Generator<string> {
  for (let from = 0; from <= text.length; ) {
    const comma = text.indexOf(',', from);
    const end = comma === -1 ? text.length : comma;
    yield text.slice(from, end);
    from = end + 1;
  }
}

import { type DoNotCall, doNotCallSchema } from '@recuento/contract';
import type { TakeList } from './take-list.js';

/**
 * `add_dnc`: telephones that shall not be dialed for some days. Entries that do not have their form are counted, as the
 * documented reply says how many were rejected, and the others are stored.
 */
export const addDnc: TakeList = async ({ do_not_call }, operation, entries) => {
  const added: DoNotCall[] = [];
  await entries.each({
    read: (entry) => {
      const parsed = doNotCallSchema.safeParse(entry);
      if (parsed.success) added.push(parsed.data);
      return 'long'; // the schema's way is the only one
    },
    pass: () => undefined,
  });
  await do_not_call.add(operation.id, added, entries.give_turn);
  return {
    msg: `${added.length} telephones were added`,
    counts: {
      total_added: added.length,
      total_rejected: entries.count - added.length,
      total_sent: entries.count,
    },
  };
};

import { type DoNotCall, doNotCallSchema } from '@recuento/contract';
import { fieldFaults } from '../faults.js';
import { renderFault } from './envelope.js';
import type { TakeList } from './take-list.js';

/**
 * `add_dnc`: telephones that are not to be dialed for some days. They are part of the quarantine. Malformed entries are rejected: the documented reply
 * says how many, and gives a reason for each. The other entries are stored.
 */
export const addDnc: TakeList = async ({ quarantine }, operation, entries, sender) => {
  const added: DoNotCall[] = [];
  const rejected: string[] = [];
  await entries.each({
    read: (entry, index) => {
      const parsed = doNotCallSchema.safeParse(entry);
      if (parsed.success) added.push(parsed.data);
      else
        for (const fault of firstOf(fieldFaults(parsed.error)))
          rejected.push(renderFault({ index, ...fault }));
      return 'long'; // every entry is parsed by the schema
    },
    pass: (reason, index) => rejected.push(renderFault({ index, field: '', reason })),
  });
  await quarantine.block(operation.id, added, { ...sender, give_turn: entries.give_turn });
  return {
    msg: `${added.length} telephones were added`,
    counts: {
      total_added: added.length,
      total_rejected: entries.count - added.length,
      total_sent: entries.count,
    },
    rejected,
  };
};

function firstOf<Item>([first]: Iterable<Item>): Item[] {
  return first === undefined ? [] : [first];
}

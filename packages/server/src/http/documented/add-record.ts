import { addRecordQuery, type Customer, customerSchema } from '@recuento/contract';
import { Faults } from '../faults.js';
import { readQuery } from '../read-query.js';
import type { Records } from '../records/body-records.js';
import type { TakeList } from './take-list.js';

/** `add_record`: customers of a campaign, all of them or none. */
export function addRecord(query: unknown): TakeList {
  const campaign = readQuery(addRecordQuery, query);
  return async ({ customers }, operation, entries) => {
    await customers.accept(operation, campaign, await parseCustomers(entries), entries.give_turn);
    return {
      msg: 'All records has been added successfully',
      counts: { total_registers: entries.count },
    };
  };
}

/** @throws RecuentoError malformed-body, invalid-records with the number of faults and the first of them */
async function parseCustomers(entries: Records): Promise<Customer[]> {
  const customers: Customer[] = [];
  const faults = new Faults();
  await entries.each({
    read: (entry, index) => {
      const parsed = customerSchema.safeParse(entry);
      if (parsed.success) customers.push(parsed.data);
      else faults.addAll(parsed.error, index);
      return 'long'; // every entry is parsed by the schema
    },
    pass: (reason, index) => faults.add({ index, field: '', reason }),
  });
  if (faults.count > 0) throw faults.error();
  return customers;
}

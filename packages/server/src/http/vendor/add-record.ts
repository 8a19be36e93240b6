import {
  addRecordQuery,
  type Customer,
  customerSchema,
  type FieldFault,
  RecuentoError,
} from '@recuento/contract';
import { faultsOf } from '../body.js';
import { inTurns } from '../in-turns.js';
import { readQuery } from '../read-query.js';
import type { TakeList } from './take-list.js';

/** Faults that a refusal lists: enough to see what is wrong with a file, and some kilobytes. */
const FAULTS_LISTED = 100;

/** `add_record`: customers of a campaign, all of them or none. */
export function addRecord(query: unknown): TakeList {
  const campaign = readQuery(addRecordQuery, query);
  return async ({ customers }, operation, entries) => {
    await customers.accept(operation, campaign, await parseCustomers(entries));
    return {
      msg: 'All records has been added successfully',
      counts: { total_registers: entries.length },
    };
  };
}

/** @throws RecuentoError invalid-records with how many faults there are, and the first of them */
async function parseCustomers(entries: readonly unknown[]): Promise<Customer[]> {
  const customers: Customer[] = [];
  const faults: FieldFault[] = [];
  let count = 0;
  await inTurns(entries, (entry, index) => {
    const parsed = customerSchema.safeParse(entry);
    if (parsed.success) {
      customers.push(parsed.data);
      return;
    }
    const found = faultsOf(parsed.error, index);
    count += found.length;
    faults.push(...found.slice(0, FAULTS_LISTED - faults.length));
  });
  if (count > 0) throw new RecuentoError('invalid-records', { values: { count }, faults });
  return customers;
}

import { createCampaignQuery, type FieldFault, newCampaignSchema, RecuentoError } from '@recuento/contract';
import { Faults } from '../faults.js';
import { readQuery } from '../read-query.js';
import type { Records } from '../records/body-records.js';
import type { TakeList } from './take-list.js';

/** `create_campaign`: creates one campaign, with its name. Nothing dials it here: its attempts come from a dialer. */
export function createCampaign(query: unknown): TakeList {
  const { type_campaign } = readQuery(createCampaignQuery, query);
  return async ({ accounts }, operation, entries) => {
    const name = await readName(entries);
    const { campaign_id } = await accounts.campaigns.create(operation.id, name, type_campaign);
    return {
      msg: 'The campaign has been created successfully',
      counts: { id_campaign: campaign_id, name_campaign: name },
    };
  };
}

/** @throws RecuentoError malformed-body, too-many-records, invalid-records */
async function readName(entries: Records): Promise<string> {
  if (entries.count > 1)
    throw new RecuentoError('too-many-records', { values: { records: entries.count, limit: 1 } });
  let name: string | undefined;
  const faults = new Faults();
  await entries.each({
    read: (entry, index) => {
      const parsed = newCampaignSchema.safeParse(entry);
      if (parsed.success) name = parsed.data.campaign_name;
      else faults.addAll(parsed.error, index);
      return 'long'; // every entry is parsed by the schema
    },
    pass: (reason, index) => faults.add({ index, field: '', reason }),
  });
  if (name !== undefined) return name;
  if (faults.count === 0) faults.add(NOTHING);
  throw faults.error();
}

/** The fault of an empty list. */
const NOTHING: FieldFault = { index: 0, field: 'campaign_name', reason: 'is missing' };

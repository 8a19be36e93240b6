import { z } from 'zod';

/** A campaign; a field is null if it was never set. */
export const campaignDocumentSchema = z
  .strictObject({ campaign_id: z.int(), name: z.string().nullable(), type: z.string().nullable() })
  .meta({ id: 'campaign' });

import { z } from 'zod';

/** A campaign; null is what was never told of it. */
export const campaignDocumentSchema = z
  .strictObject({ campaign_id: z.int(), name: z.string().nullable(), type: z.string().nullable() })
  .meta({ id: 'campaign' });

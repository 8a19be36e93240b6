import { column } from '@recuento/contract';

/** Columns that several reports have, said once. */
export const CAMPAIGN_ID = column('campaign_id', 'The number of the campaign.', 'El número de la campaña.');
export const CUSTOMER_ID = column('customer_id', 'Id of the customer.', 'Identificación del cliente.');
export const TELEPHONE = column(
  'telephone',
  'The dialed number, as it was dialed.',
  'El número marcado, tal como se marcó.',
);
export const DATE = column(
  'date',
  'When it was dialed: YYYY-MM-DD HH:MM:SS.',
  'Cuándo se marcó: AAAA-MM-DD HH:MM:SS.',
);

import { CAMPAIGN_7 } from '@recuento/contract';
import { detail, WALL_TIME } from './detail.js';

/** `campaign_7`: what was detected at each attempt, where a machine or a person was. */
export const campaign7 = detail(
  CAMPAIGN_7,
  {
    customer_id: 'customer_id',
    campaign_id: 'toString(campaign_id)',
    file_name: `record['file_name']`,
    telephone: 'telephone',
    result: 'toString(amd)',
    date: WALL_TIME,
  },
  `amd IN ('machine', 'human')`,
);

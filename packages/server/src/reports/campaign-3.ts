import { CAMPAIGN_3 } from '@recuento/contract';
import { spelled } from './by-result.js';
import { detail, WALL_TIME } from './detail.js';

/**
 * `campaign_3`: machine codes, phone by phone: a row for each attempt, by the attempt's time in the operation's zone. (The
 * vendor also filters by the record's date, and by GMT-5 whatever the zone.)
 */
export const campaign3 = detail(CAMPAIGN_3, {
  campaign_id: 'toString(campaign_id)',
  customer_name: `record['customer_name']`,
  customer_last_name: `record['customer_last_name']`,
  id_type: `record['id_type']`,
  customer_id: 'customer_id',
  date: WALL_TIME,
  telephone: 'telephone',
  result: `upper(${spelled('result')})`,
  opt1: `record['opt1']`,
  opt2: `record['opt2']`,
  opt3: `record['opt3']`,
  opt4: `record['opt4']`,
  opt5: `record['opt5']`,
  opt6: `record['opt6']`,
  opt7: `record['opt7']`,
  opt8: `record['opt8']`,
  opt9: `record['opt9']`,
  opt10: `record['opt10']`,
  opt11: `record['opt11']`,
  opt12: `record['opt12']`,
  conn_id: 'attempt_id',
});

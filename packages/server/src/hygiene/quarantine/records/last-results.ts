/**
 * A SELECT of `customer_id` and `result`: the machine code of the last attempt of each customer of a campaign, of any time. As in
 * `campaign_1`, of attempts in the same second the one with the higher attempt_id is the last. As in `campaign_3`, an attempt without a
 * customer_id is of the customer who has its telephone now, of several the one who was added last.
 *
 * It reads all attempts of the campaign. Of each attempt the row that holds is taken first, as several imports may have rows of it.
 */
export const lastResultsSql = (): string => `SELECT if(held.2 = '', holder, held.2) AS customer_id,
    toString(argMax(held.1, (dialed_at, held.3, telephone))) AS result
  FROM (
    SELECT telephone, dialed_at, argMax((result, customer_id, attempt_id), version) AS held FROM told FINAL
    PREWHERE operation_id = {act_operation:UInt32} AND campaign_id = {record_campaign:UInt32}
    GROUP BY telephone, dialed_at, attempt_hash
  ) AS attempts
  LEFT JOIN (
    SELECT telephone, argMax(owner, delivery) AS holder FROM (
      SELECT arrayJoin(telephones) AS telephone, customer_id AS owner, delivery FROM customers FINAL
      PREWHERE operation_id = {act_operation:UInt32} AND campaign_id = {record_campaign:UInt32}
    ) GROUP BY telephone
  ) AS holders ON holders.telephone = attempts.telephone
  WHERE customer_id != '' GROUP BY customer_id`;

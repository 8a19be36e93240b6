/** What holds, in the three orders that reports choose among: the one place where the benchmark names them. */
export const ORDERS = {
  campaign: 'held_by_campaign',
  telephone: 'held_by_telephone',
  time: 'held_by_time',
} as const;
export type Order = keyof typeof ORDERS;
/** What identifies an attempt in each of them. */
export const IDENTITY = 'operation_id, campaign_id, telephone, dialed_at, attempt_hash';

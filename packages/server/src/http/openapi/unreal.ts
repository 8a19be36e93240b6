import { FIELD_LIMITS } from '@recuento/contract';

/** Values for samples that somebody could send by mistake: valid, but nobody's. No telephone begins with so many zeros. */
export const UNREAL: Readonly<Record<string, unknown>> = {
  server: 'EXAMPLE',
  id: 'EXAMPLE',
  campaign_id: FIELD_LIMITS.campaign_id_max,
  telephone: '000000000000',
  tel1: '000000000000',
  attempt_id: 'EXAMPLE',
  customer_id: 'EXAMPLE',
  /** Of `recall_records`, whose example is a customer's id. */
  value: 'EXAMPLE',
  /** Left out: the token's own operation is used. */
  operation: undefined,
};

/** A body with these values in place of any that may be somebody's. */
export function unreal(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(unreal);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, name in UNREAL ? UNREAL[name] : unreal(value)]),
  );
}

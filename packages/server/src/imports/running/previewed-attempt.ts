import type { PreviewedAttempt } from '@recuento/contract';
import { instantText } from '../../time/instant-text.js';
import type { Leg } from '../reading/leg.js';

/** A leg as the attempt that it becomes. @param campaign_id of the import, where it has one */
export function previewedAttempt(leg: Leg, line: number, campaign_id: number | undefined): PreviewedAttempt {
  return {
    line,
    attempt_id: leg.attempt_id,
    campaign_id: leg.campaign_id ?? campaign_id ?? null,
    telephone: leg.telephone,
    dialed_at: instantText(leg.dialed_at_s),
    result: leg.code,
    amd: leg.amd || null,
    duration_seconds: leg.duration_seconds ?? null,
    trunk: leg.trunk || null,
    sip: leg.sip ?? null,
    cause: leg.cause ?? null,
    agent_id: leg.agent_id || null,
    customer_id: leg.customer_id || null,
    record: leg.record ?? {},
  };
}

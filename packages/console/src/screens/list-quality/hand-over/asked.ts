import { VERDICTS, type Verdict } from '@recuento/contract';
import { useCampaign } from '../../../operation/campaign-picker.js';
import { useWhere } from '../../../where/where.js';
import { type Dialer, dialerOf } from './dialers.js';

/** Verdicts that can be handed over as they are, put aside or not. Nobody stops dialing who reaches people. */
export const HANDED_VERDICTS = [
  'invalid',
  'rings_out',
  'reaches_machines',
] as const satisfies readonly Verdict[];

/** What is handed over, to which dialer, as the address tells it. */
export interface Asked {
  readonly dialer: Dialer;
  readonly campaign: string;
  /** Undefined: what is put aside now. */
  readonly verdict: Verdict | undefined;
  /** As `GET /v1/hygiene/export` takes it. */
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Ids of customers are those of one campaign, and none is chosen. */
  readonly needs_campaign: boolean;
}

export function useAsked(): Asked {
  const { params } = useWhere();
  const campaign = useCampaign();
  const dialer = dialerOf(params.get('dialer'));
  const named = params.get('verdict');
  const verdict = VERDICTS.find(
    (each) => each === named && HANDED_VERDICTS.some((handed) => handed === each),
  );
  return {
    dialer,
    campaign,
    verdict,
    query: { format: dialer.format, campaign_id: campaign === 'all' ? undefined : campaign, verdict },
    needs_campaign: dialer.format === 'customer_ids' && campaign === 'all',
  };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLanguage } from '../../../language/language.js';
import { useCalls } from '../../../operation/calls.js';
import { useCampaign } from '../../../operation/campaign-picker.js';
import { useWhere } from '../../../where/where.js';
import type { VerdictRows } from '../telephones/verdict-row.js';
import { useVerdictFilter } from './use-verdict-filter.js';

/** As many rows as are drawn at a time. */
const PAGE_ROWS = 25;

export const ORDERS = ['telephone', '-probability', 'probability', '-last_dialed_at', '-attempts'] as const;
export type Order = (typeof ORDERS)[number];

/** What the address asks of the table of telephones. */
export function useVerdictsAsked() {
  const { params } = useWhere();
  return {
    campaign_id: useCampaign(),
    verdict: useVerdictFilter(),
    telephone: params.get('telephone') ?? undefined,
    sort: ORDERS.find((order) => order === params.get('order')) ?? 'telephone',
    cursor: params.get('after') ?? undefined,
  };
}

/** A page of telephones. Their reasons are in the reader's language. */
export function useVerdictsPage() {
  const calls = useCalls();
  const { language } = useLanguage();
  const asked = useVerdictsAsked();
  return useQuery({
    queryKey: [calls.key, 'hygiene', 'verdicts', language, asked],
    queryFn: ({ signal }) =>
      calls.documentOf<VerdictRows>('/v1/hygiene/verdicts', {
        query: { ...asked, limit: PAGE_ROWS },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

import { bestHoursQuery, RecuentoError } from '@recuento/contract';
import { bestHours } from '../../hygiene/chance/best-hours.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { momentOf } from './hygiene-call.js';
import { askForChance } from './hygiene-chance-call.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/hygiene/best-hours`: the probability of each hour of the week, for a telephone or the telephones of a campaign. */
export function hygieneBestHoursPath(services: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const { campaign_id: campaign, telephone, as_of } = readQuery(bestHoursQuery, request.query);
      if (campaign === undefined && telephone === undefined) {
        throw new RecuentoError('missing-parameters', { values: { parameters: 'campaign_id or telephone' } });
      }
      const campaign_id = campaign?.kind === 'one' ? campaign.campaign_id : undefined;
      const asked = askForChance({ services, request, reply }, operation);
      const as_of_s = momentOf({ services }, as_of);
      return { hours: await asked.budget.run(() => bestHours(asked, { campaign_id, telephone }, as_of_s)) };
    }),
  };
}

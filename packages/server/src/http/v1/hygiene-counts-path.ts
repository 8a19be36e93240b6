import type { QuarantineCountsDocument } from '@recuento/contract';
import { instantOf } from '../../hygiene/quarantine/change-document.js';
import { type CountedHold, countPutAside } from '../../hygiene/quarantine/counts.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import { readingOf } from './quarantine-call.js';

/** `/v1/hygiene/quarantine/counts`: how much is put aside, and by what. */
export function quarantineCountsPath(services: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(['report'], async (call): Promise<QuarantineCountsDocument> => {
      const moment = await services.quarantine.momentOf(call.operation.id);
      const reading = { ...readingOf(services, call), lane: 'long' as const };
      const { telephones, without_time, due, due_soon, next_due_s, next_retest, holds } = await countPutAside(
        services,
        moment,
        reading,
      );
      const listed = holds.reduce((sum, hold) => sum + hold.telephones, 0);
      return {
        telephones,
        telephones_without_time: without_time,
        telephones_due: due,
        telephones_due_soon: due_soon,
        next_due_at: next_due_s === undefined ? null : instantOf(next_due_s),
        next_retest: next_retest
          ? { at: instantOf(next_retest.at_s), telephones: next_retest.telephones }
          : null,
        holds: holds.map(shown),
        telephones_of_other_holds: telephones - listed,
      };
    }),
  };
}

function shown({ held_by, facts, telephones, telephones_due }: CountedHold) {
  return {
    held_by: String(held_by),
    reason: facts?.reason ?? String(held_by),
    by: facts?.by ?? null,
    at: facts ? instantOf(facts.act_at_s) : null,
    rule: facts?.rule ?? null,
    telephones,
    telephones_due,
  };
}

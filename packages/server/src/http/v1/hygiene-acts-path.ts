import { actsQuery, type QuarantineActDocument, RecuentoError } from '@recuento/contract';
import type { ToldAct } from '../../accounts/hygiene-acts.js';
import { ACT_MAX } from '../../hygiene/quarantine/event.js';
import { countUndo, heldByActs } from '../../hygiene/quarantine/held-by-acts.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import type { NativeCalls } from './native-calls.js';
import { type HygieneCall, readingOf } from './quarantine-call.js';

/** `/v1/hygiene/acts`: who put how many telephones aside or back, the newest first. */
export function actsPath(services: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(
      ['report'],
      async (call) => {
        const { add_dnc, cursor, limit } = readQuery(actsQuery, call.request.query);
        const { id: operation_id } = call.operation;
        const found = await services.accounts.hygieneActs.list(operation_id, {
          before: cursor,
          limit: limit + 1,
          without_ends: add_dnc === 'without',
        });
        const page = found.slice(0, limit);
        const last = page.at(-1);
        const { acts } = await withHeld(services, call, page);
        return { acts, next_cursor: found.length > limit && last ? String(last.number) : null };
      },
      { settle: ({ query }) => readQuery(actsQuery, query) },
    ),
  };
}

/** `/v1/hygiene/acts/{id}`: one of them, and what undoing it would do. */
export function actPath(services: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(['report'], async (call) => {
      const { id } = call.request.params as { id: string };
      const number = /^\d{1,10}$/.test(id) ? Number(id) : ACT_MAX;
      const [found] = await services.accounts.hygieneActs.list(call.operation.id, {
        before: number + 1,
        limit: 1,
      });
      if (found?.number !== number)
        throw new RecuentoError('unknown-resource', { values: { resource: 'QUARANTINE' } });
      const { acts, moment, reading } = await withHeld(services, call, [found]);
      if (found.kind !== 'quarantine') return { ...acts[0], undo: null };
      const { changed, dialed_again } = await countUndo(services.engine, moment, number, reading);
      return {
        ...acts[0],
        undo: { telephones_restored: changed, telephones_dialed_again: dialed_again },
      };
    }),
  };
}

/** Acts as they are shown, with what each holds now. */
async function withHeld(services: Services, call: HygieneCall, acts: readonly ToldAct[]) {
  const moment = await services.quarantine.momentOf(call.operation.id);
  const reading = { ...readingOf(services, call), lane: 'long' as const };
  const taking = acts.filter(({ kind }) => kind === 'quarantine').map(({ number }) => number);
  const held = await heldByActs(services.engine, moment, taking, reading);
  return { acts: acts.map((act) => shown(act, held.get(act.number) ?? 0)), moment, reading };
}

function shown(act: ToldAct, telephones_held: number): QuarantineActDocument {
  const { number, kind, at_ms, until_ms, reason, by, rule, telephones } = act;
  return {
    id: String(number),
    action: kind,
    at: new Date(at_ms).toISOString(),
    until: until_ms === null ? null : new Date(until_ms).toISOString(),
    reason,
    by,
    rule: rule === null ? null : JSON.parse(rule),
    telephones,
    telephones_held,
  };
}

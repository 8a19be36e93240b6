import type { DoNotCall } from '@recuento/contract';
import type { Accounts } from '../../accounts/accounts.js';
import type { GiveTurn } from '../../admission/turns.js';
import { lineSql } from '../spellings/line-sql.js';
import { type NumberPlan, numberPlanOf } from '../spellings/number-plan.js';
import type { Acts, MadeAct } from './acts.js';
import { BLOCK, type Decision, QUARANTINE, RECALL, REMOVE, RESTORE, UNDO } from './decisions.js';
import { type Moment, NEVER_S } from './standing.js';
import { listed, ofActs, ofTakenLines, type Selected, selected, type Telephones } from './telephones.js';

/** Who asks for an act, and how long he waits for it. */
export interface Asking {
  /** The token's id, or `admin`. */
  readonly by: string;
  readonly give_turn: GiveTurn;
  /** Fires when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/** Why telephones are put aside, and until when. */
export interface QuarantineTerms {
  readonly reason: string;
  /** JSON of the rule that chose them. */
  readonly rule?: string;
  /** Seconds since 1970 UTC; null is until somebody restores them. */
  readonly until_s: number | null;
}

const DAY_S = 86_400;
/** The reasons of telephones that calls of the documented API put aside, and brought back. */
export const ADD_DNC = 'add_dnc';
const REMOVE_RECORD = 'remove_record';
const RECALL_RECORDS = 'recall_records';

/**
 * Puts telephones of an operation aside, and back. Nothing of their attempts is changed. Each call is one act, made whole or not at
 * all; what it resolves with is durable. Where the operation has declared how its telephones are written, a list stands for all
 * spellings of its lines. Acts throw EngineUnavailable, AccountsUnavailable, and the reason of the signal.
 */
export class Quarantine {
  readonly #acts: Acts;
  readonly #accounts: Pick<Accounts, 'hygieneActs' | 'operations'>;
  readonly #now_ms: () => number;

  constructor(acts: Acts, accounts: Pick<Accounts, 'hygieneActs' | 'operations'>, now_ms: () => number) {
    this.#acts = acts;
    this.#accounts = accounts;
    this.#now_ms = now_ms;
  }

  /** Puts telephones aside. It takes those that are not, and those that would be due earlier. */
  async putAside(
    operation_id: number,
    telephones: readonly string[],
    terms: QuarantineTerms,
    { by, give_turn, signal }: Asking,
  ): Promise<MadeAct> {
    const until_s = terms.until_s ?? NEVER_S;
    const sources = await listed(
      wantedUntil(telephones, until_s),
      await this.planOf(operation_id),
      give_turn,
    );
    return this.#make(operation_id, QUARANTINE, { act: quarantineAct(terms, by), sources, signal });
  }

  /**
   * The same for telephones that the engine selects, up to millions: none of them comes into this process.
   *
   * @param telephones a SELECT of `telephone` and `evidence`; it is run once, and may take as long as an act
   */
  async putAsideSelected(
    operation_id: number,
    telephones: Selected,
    terms: QuarantineTerms,
    { by, signal }: Omit<Asking, 'give_turn'>,
  ): Promise<MadeAct> {
    const lines = lineSql(await this.planOf(operation_id));
    const sources = [
      selected(telephones, terms.until_s),
      ...(lines.are_merged ? [ofTakenLines(lines, terms.until_s)] : []),
    ];
    return this.#make(operation_id, QUARANTINE, { act: quarantineAct(terms, by), sources, signal });
  }

  /** Puts telephones back, whatever put them aside. It takes those that are put aside. */
  async restore(
    operation_id: number,
    telephones: readonly string[],
    reason: string,
    { by, give_turn, signal }: Asking,
  ): Promise<MadeAct> {
    const sources = await listed(wantedUntil(telephones, 0), await this.planOf(operation_id), give_turn);
    return this.#make(operation_id, RESTORE, { act: { kind: 'restore', reason, by }, sources, signal });
  }

  /**
   * Undoes the act that put telephones aside: those that it still puts aside are as they would be without it.
   *
   * @throws RecuentoError unknown-resource
   */
  async undo(
    operation_id: number,
    number: number,
    reason: string,
    { by, signal }: Omit<Asking, 'give_turn'>,
  ): Promise<MadeAct> {
    await this.#accounts.hygieneActs.quarantineNumbered(operation_id, number);
    const act = { kind: 'restore' as const, reason, by };
    return this.#make(operation_id, UNDO, {
      act,
      sources: [ofActs([number])],
      signal,
      params: { act_undone: number },
    });
  }

  /** Puts aside what `add_dnc` brings, each for its days of 24 hours from now. Of a telephone that comes twice the later entry holds. */
  async block(
    operation_id: number,
    entries: readonly DoNotCall[],
    { by, give_turn, signal }: Asking,
  ): Promise<void> {
    if (entries.length === 0) return;
    const now_s = Math.floor(this.#now_ms() / 1_000);
    const days = Math.min(...entries.map(({ days_block }) => days_block));
    const sources = await listed(blockedFrom(entries, now_s), await this.planOf(operation_id), give_turn);
    await this.#make(operation_id, BLOCK, {
      act: { kind: 'quarantine', reason: ADD_DNC, by, ends: true },
      sources,
      signal,
      due_ms: (now_s + days * DAY_S) * 1_000,
    });
  }

  /**
   * Puts aside the telephones of customers who were removed, until they are recalled or restored.
   *
   * @param sources where `wanted` is 0, others have the telephone, and it is only remembered who was removed
   */
  remove(operation_id: number, sources: readonly Telephones[], { by, signal }: Omit<Asking, 'give_turn'>) {
    const act = { kind: 'quarantine' as const, reason: REMOVE_RECORD, by };
    return this.#make(operation_id, REMOVE, { act, sources, signal });
  }

  /** Undoes that for telephones, and nothing else that holds them. */
  recall(operation_id: number, telephones: Telephones, { by, signal }: Omit<Asking, 'give_turn'>) {
    const act = { kind: 'restore' as const, reason: RECALL_RECORDS, by };
    return this.#make(operation_id, RECALL, { act, sources: [telephones], signal });
  }

  /** Which acts count now, and what the time is: what is read of one moment fits together. */
  momentOf(operation_id: number): Promise<Moment> {
    return this.#acts.momentOf(operation_id, this.#now_ms());
  }

  /** How the operation's telephones are brought to lines. */
  async planOf(operation_id: number): Promise<NumberPlan | undefined> {
    return numberPlanOf((await this.#accounts.operations.byId(operation_id)).numbering);
  }

  async #make(
    operation_id: number,
    decision: Decision,
    making: Omit<Parameters<Acts['make']>[1], 'decision' | 'due_ms'> & { readonly due_ms?: number },
  ): Promise<MadeAct> {
    const due_ms = making.due_ms ?? making.act.until_ms ?? null;
    const made = await this.#acts.make(operation_id, { ...making, decision, due_ms });
    if (made === undefined) throw new Error('an act that somebody asked for was not made');
    return made;
  }
}

const quarantineAct = ({ reason, rule, until_s }: QuarantineTerms, by: string) => ({
  kind: 'quarantine' as const,
  reason,
  ...(rule !== undefined && { rule }),
  by,
  until_ms: until_s === null ? null : until_s * 1_000,
});

function* wantedUntil(telephones: readonly string[], until_s: number) {
  for (const telephone of telephones) yield { telephone, until_s };
}

function* blockedFrom(entries: readonly DoNotCall[], now_s: number) {
  for (const { telephone, days_block } of entries) {
    yield { telephone, until_s: now_s + days_block * DAY_S };
  }
}

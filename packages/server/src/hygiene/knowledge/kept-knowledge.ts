import type { Accounts } from '../../accounts/accounts.js';
import type { Admission } from '../../admission/admission.js';
import { KeptReplies } from '../../admission/kept-replies.js';
import type { Engine } from '../../attempts/engine/engine.js';
import { EVIDENCE_S } from '../attempt-kinds.js';
import { type Knowledge, learn } from './knowledge.js';
import { readKnowledge, writeKnowledge } from './knowledge-text.js';
import { Learning, type Numbered } from './learning.js';

const HOUR_S = 3_600;
/** Some hundreds of operations: knowledge takes some kilobytes, a megabyte where there are thousands of faults. */
const KEPT_BYTES = 64 * 1024 ** 2;
/** As long as a call may take. */
const WAIT_MAX_MS = 600_000;

interface Parts {
  readonly engine: Engine;
  readonly accounts: Pick<Accounts, 'dataVersions'>;
  readonly admission: Admission;
}

/**
 * Knowledge of operations, learned when it is asked for, and kept as long as the attempts that it comes from do not change. Callers
 * that ask for the same wait for one learning. It goes on when they leave, for whoever asks next.
 */
export class KeptKnowledge {
  readonly #parts: Parts;
  readonly #kept = new KeptReplies<{ readonly parts: readonly Buffer[] }>(KEPT_BYTES);
  readonly #under_way = new Map<string, Promise<Knowledge>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * What is known of an operation at a moment: from its attempts before the last full hour that is over by then, so that it is
   * learned once an hour at most.
   *
   * @param operation its number, and how its telephones are written
   * @param as_of_s seconds since 1970 UTC; attempts of that second are known
   * @throws Refused when too many wait, AccountsUnavailable, EngineUnavailable, EngineTimeout
   */
  async at(operation: Numbered, as_of_s: number): Promise<Knowledge> {
    const until_s = Math.floor((as_of_s + 1) / HOUR_S) * HOUR_S;
    const from_s = Math.max(0, until_s - EVIDENCE_S);
    const version = await this.#parts.accounts.dataVersions.of({
      operation_id: operation.id,
      campaign_id: undefined,
      from_s,
      until_s,
      customers: false,
    });
    const key = `operation ${operation.id}`;
    const name = `${until_s} ${version} ${JSON.stringify(operation.numbering)}`;
    const [bytes] = this.#kept.get(key, name)?.parts ?? [];
    if (bytes) return readKnowledge(bytes);
    const whole = `${key} ${name}`;
    const known = this.#under_way.get(whole) ?? this.#learn(key, name, operation, until_s);
    this.#under_way.set(whole, known);
    try {
      return await known;
    } finally {
      this.#under_way.delete(whole);
    }
  }

  async #learn(key: string, name: string, operation: Numbered, until_s: number): Promise<Knowledge> {
    const { engine, admission } = this.#parts;
    const place = admission.learning.open(key);
    try {
      await place.grow(1, { wait_ms: WAIT_MAX_MS });
      const give_turn = admission.desk.stream(key);
      const knowledge = await learn(new Learning(engine, operation, until_s, give_turn));
      this.#kept.keep(key, name, { parts: [writeKnowledge(knowledge)] });
      return knowledge;
    } finally {
      place.release();
    }
  }
}

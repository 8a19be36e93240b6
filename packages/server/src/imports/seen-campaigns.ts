import type { AttemptRows } from '../attempts/attempt-rows.js';
import type { Engine } from '../attempts/engine/engine.js';
import { campaignSpan } from '../attempts/existing.js';
import { RowIdentity } from '../attempts/row-identity.js';
import { SeenAttempts, type SeenIdentity } from './seen.js';

/** Campaigns with a filter at the same time: 16 MiB each. Imports of further ones look everything up. */
const CAMPAIGNS_MAX = 8;
/** A filter costs a look at the campaign's times, so fewer attempts than these are simply looked up. */
const WORTH_ATTEMPTS = 5_000;

const anyMayExist = () => true;

/** What the store may have, campaign by campaign, while files are being imported. */
export class SeenCampaigns {
  readonly #engine: Engine;
  readonly #seen = new Map<string, SeenAttempts>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Says of an attempt of the campaign whether the store may have it; never no of one that it has. One of which it says
   * no is about to be written, and may be there from then on. Nothing else may write to the campaign until this
   * resolves.
   *
   * @throws EngineTimeout, EngineUnavailable
   */
  async of(
    operation_id: number,
    campaign_id: number,
    attempts: number,
  ): Promise<(identity: SeenIdentity) => boolean> {
    const key = keyOf(operation_id, campaign_id);
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      if (attempts < WORTH_ATTEMPTS || this.#seen.size >= CAMPAIGNS_MAX) return anyMayExist;
      seen = new SeenAttempts(await campaignSpan(this.#engine, operation_id, campaign_id));
      this.#seen.set(key, seen);
    }
    const known = seen;
    return (identity) => {
      const may_exist = known.mayExist(identity);
      if (!may_exist) known.add(identity);
      return may_exist;
    };
  }

  /** To be told of what others are about to write. */
  note(operation_id: number, rows: AttemptRows): void {
    if (this.#seen.size === 0) return;
    const identity = new RowIdentity();
    let campaign_id: number | undefined;
    let seen: SeenAttempts | undefined;
    for (let row = 0; row < rows.count; row += 1) {
      identity.read(rows.raw, rows.bounds(row).start);
      if (identity.campaign_id !== campaign_id) {
        campaign_id = identity.campaign_id;
        seen = this.#seen.get(keyOf(operation_id, campaign_id));
      }
      seen?.add(identity);
    }
  }

  /** When no file is being imported any more. */
  forget(): void {
    this.#seen.clear();
  }
}

function keyOf(operation_id: number, campaign_id: number): string {
  return `${operation_id}/${campaign_id}`;
}

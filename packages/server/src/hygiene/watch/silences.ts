import type { Alarm } from './alarm.js';
import { campaignOf, type MinuteOfCell, OPERATION, ofCampaign, SLOT_S } from './counts.js';
import { Silence } from './silence.js';
import type { Usual } from './usual.js';

/** Campaigns beyond this many are not watched for silence. */
const CAMPAIGNS_MAX = 1_000;

/** Watches that attempts arrive: in the operation, and while they do, in each of its campaigns. */
export class Silences {
  #operation = new Silence({ trunk: null, campaign_id: null }, OPERATION);
  #campaigns = new Map<number, Silence>();
  /** Campaigns with attempts in the slot that goes on. */
  #heard = new Set<number>();
  #slot_s: number;

  /** @param start_s where a slot begins */
  constructor(start_s: number) {
    this.#slot_s = start_s;
  }

  /** A place that was dialed before: if it is a campaign, it is missed when nothing comes. */
  know(place: string): void {
    const campaign_id = campaignOf(place);
    if (campaign_id !== undefined) this.#silenceOf(campaign_id);
  }

  clone(): Silences {
    const copy = new Silences(this.#slot_s);
    copy.#operation = this.#operation.clone();
    copy.#campaigns = new Map(Array.from(this.#campaigns, ([id, silence]) => [id, silence.clone()]));
    copy.#heard = new Set(this.#heard);
    return copy;
  }

  /** @returns alarms that are over by it */
  heard({ campaign_id, minute_s }: MinuteOfCell): Alarm[] {
    this.#heard.add(campaign_id);
    const over = [this.#operation.heard(minute_s), this.#silenceOf(campaign_id)?.heard(minute_s)];
    return over.filter((alarm) => alarm !== undefined);
  }

  /** Nothing more comes before an instant. @returns alarms that are over by it */
  advanceTo(now_s: number, usual: Usual): Alarm[] {
    const over: Alarm[] = [];
    for (; this.#slot_s + SLOT_S <= now_s; this.#slot_s += SLOT_S) over.push(...this.#endSlot(usual));
    return over;
  }

  /** Alarms that go on. */
  alarms(): Alarm[] {
    const all = [this.#operation, ...this.#campaigns.values()].map((silence) => silence.alarm());
    return all.filter((alarm) => alarm !== undefined);
  }

  #endSlot(usual: Usual): Alarm[] {
    const slot_s = this.#slot_s;
    const quiet =
      this.#heard.size === 0
        ? [this.#operation]
        : Array.from(this.#campaigns)
            .filter(([id]) => !this.#heard.has(id))
            .map(([, silence]) => silence);
    this.#heard.clear();
    const over = quiet.map((silence) => silence.silent(slot_s, usual.attemptsInSlot(silence.name, slot_s)));
    return over.filter((alarm) => alarm !== undefined);
  }

  #silenceOf(campaign_id: number): Silence | undefined {
    let silence = this.#campaigns.get(campaign_id);
    if (!silence && this.#campaigns.size < CAMPAIGNS_MAX) {
      silence = new Silence({ trunk: null, campaign_id }, ofCampaign(campaign_id));
      this.#campaigns.set(campaign_id, silence);
    }
    return silence;
  }
}

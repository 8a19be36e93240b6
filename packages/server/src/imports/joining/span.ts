/** The range of campaigns and of times that legs have, both ends included. Times are seconds since 1970 UTC. */
export class Span {
  from_campaign = Number.POSITIVE_INFINITY;
  to_campaign = 0;
  from_s = Number.POSITIVE_INFINITY;
  to_s = 0;

  add(campaign_id: number, dialed_at_s: number): void {
    if (campaign_id < this.from_campaign) this.from_campaign = campaign_id;
    if (campaign_id > this.to_campaign) this.to_campaign = campaign_id;
    if (dialed_at_s < this.from_s) this.from_s = dialed_at_s;
    if (dialed_at_s > this.to_s) this.to_s = dialed_at_s;
  }

  get isEmpty(): boolean {
    return this.to_campaign === 0;
  }
}

/** What a report is asked of: a window as the documented API takes it, of one campaign or of `all`. */
export interface Asked {
  readonly campaign_id: number | 'all';
  readonly date_ini: string;
  readonly date_end: string;
}

/** A page of `campaign_8`; the empty cursor is the first one. */
export function reportUrl(base: string, { campaign_id, date_ini, date_end }: Asked, cursor = ''): string {
  const query = new URLSearchParams({
    api: 'campaign_8',
    campaign_id: String(campaign_id),
    date_ini,
    date_end,
    cursor,
  });
  return `${base}/api/v2/reports_manager.php?${query}`;
}

/** `20251001000000`: the wall time of Bogota, five hours behind UTC without a clock change since 1993. */
export function bogota(seconds: number): string {
  return new Date((seconds - 5 * 3_600) * 1_000).toISOString().slice(0, 19).replace(/\D/g, '');
}

/** A dial as the model knows it: plain counting, to compare everything else with. */
export interface Dial {
  readonly campaign: number;
  readonly telephone: string;
  /** Wall time `YYYYmmddHHiiss`. */
  readonly at: string;
  readonly result: Result;
  /** What answering-machine detection said. */
  readonly amd?: 'machine' | 'human';
}

export const COUNTED = ['no_answer', 'answer_machine', 'busy', 'congestion', 'failed'] as const;
export type Result = (typeof COUNTED)[number] | 'answer';

export type Campaign8 = Record<
  'telephone' | 'total_machine_recognitions' | (typeof COUNTED)[number],
  string | number
>;

export function dialsIn(dials: readonly Dial[], campaign: string, from: string, to: string): Dial[] {
  return dials.filter(
    (dial) => (campaign === 'all' || String(dial.campaign) === campaign) && dial.at >= from && dial.at <= to,
  );
}

/** Rows of `campaign_8` in the order in which their telephones were met first. */
export function campaign8(dials: readonly Dial[]): Campaign8[] {
  const rows = new Map<string, Record<string, number>>();
  for (const { telephone, result } of dials) {
    if (result === 'answer') continue;
    const row = rows.get(telephone) ?? Object.fromEntries(COUNTED.map((name) => [name, 0]));
    row[result] = (row[result] ?? 0) + 1;
    rows.set(telephone, row);
  }
  return [...rows].map(([telephone, counts]) => {
    const total_machine_recognitions = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { telephone, total_machine_recognitions, ...counts } as Campaign8;
  });
}

/** The same in byte order of the telephone. */
export function campaign8InOrder(dials: readonly Dial[]): Campaign8[] {
  return campaign8(dials).sort((one, other) => compare(String(one.telephone), String(other.telephone)));
}

export function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

const spelled = (result: Result) => result.replace('_', '-');

/** Rows of `campaign_4`. */
export function campaign4(dials: readonly Dial[]): Record<string, string>[] {
  const records = new Map<string, number>();
  for (const { result } of dials) records.set(spelled(result), (records.get(spelled(result)) ?? 0) + 1);
  return [...records].map(([result, count]) => ({
    result,
    records: String(count),
    percent: `${((100 * count) / dials.length).toFixed(2)} %`,
  }));
}

/** Rows of `campaign_1`, where a record is a telephone of a campaign. */
export function campaign1(dials: readonly Dial[]): Record<string, string>[] {
  const last = new Map<string, Dial>();
  for (const dial of dials) {
    const key = `${dial.campaign} ${dial.telephone}`;
    if ((last.get(key)?.at ?? '') <= dial.at) last.set(key, dial);
  }
  return campaign4([...last.values()]);
}

/** Rows of `campaign_6`. */
export function campaign6(dials: readonly Dial[]): Record<string, string>[] {
  const totals = new Map<number, number>();
  for (const { campaign, amd } of dials) {
    if (amd === 'machine') totals.set(campaign, (totals.get(campaign) ?? 0) + 1);
  }
  return [...totals].map(([campaign, total]) => ({
    campaign_id: String(campaign),
    total_amd: String(total),
  }));
}

const readable = (at: string) => at.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3 $4:$5:$6');

/** Rows of `campaign_3`. */
export function campaign3(dials: readonly Dial[]): Record<string, string>[] {
  return dials.map((dial) => ({
    campaign_id: String(dial.campaign),
    customer_name: '',
    customer_last_name: '',
    id_type: '',
    customer_id: '',
    date: readable(dial.at),
    telephone: dial.telephone,
    result: spelled(dial.result).toUpperCase(),
    ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`opt${at + 1}`, ''])),
    conn_id: `${dial.campaign}-${dial.telephone}-${dial.at}`,
  }));
}

/** Rows of `campaign_7`. */
export function campaign7(dials: readonly Dial[]): Record<string, string>[] {
  return dials.flatMap(({ campaign, telephone, at, amd }) =>
    amd
      ? [
          {
            customer_id: '',
            campaign_id: String(campaign),
            file_name: 'list.csv',
            telephone,
            result: amd,
            date: readable(at),
          },
        ]
      : [],
  );
}

const CDR: Partial<Record<Result, string>> = {
  no_answer: 'No answer',
  busy: 'Busy',
  congestion: 'Congestion',
  failed: 'Chanunavail',
};

/** Rows of `cdr_5`. */
export function cdr5(dials: readonly Dial[]): Record<string, string>[] {
  return dials.flatMap(({ campaign, telephone, at, result }) => {
    const ended = CDR[result];
    if (ended === undefined) return [];
    return [
      {
        date: readable(at),
        telephone,
        result: ended,
        customer_id: '',
        campaign_id: String(campaign),
        conn_id: `${campaign}-${telephone}-${at}`,
      },
    ];
  });
}

/** Rows of `cdr_6`. */
export function cdr6(dials: readonly Dial[]): Record<string, string>[] {
  const counts = new Map<string, number>();
  for (const { result = '' } of cdr5(dials)) counts.set(result, (counts.get(result) ?? 0) + 1);
  return [...counts].map(([result, count]) => ({ result, count: String(count) }));
}

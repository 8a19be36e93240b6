import type { Ask } from '../exchange.js';
import { reportUrl } from '../report-url.js';
import { type BodyKind, bodyOf, uploadsOf } from '../upload-bodies.js';

/** One kind of call that both builds are asked in turns. */
export interface Work {
  readonly name: string;
  /** The call of a round, the same for both. */
  ask(base: string, token: string, round: number): Ask;
}

const LARGE = 10_000;
const TELEPHONES = 10;
const FIVE_MINUTES_S = 300;
const HOUR_S = 3_600;
/** Of the month that the generated attempts are in. */
const MONTH = { date_ini: '20251001000000', date_end: '20251031235959' };
const DAY = { date_ini: '20251020000000', date_end: '20251020235959' };

/** What operations do all day. Uploads bring other attempts each round, as many as there are rounds. */
export function workOf(rounds: number): readonly Work[] {
  return [
    { name: 'a report of five minutes', ask: windowOf(FIVE_MINUTES_S, 1_001) },
    { name: 'a report of five minutes, all campaigns', ask: windowOf(FIVE_MINUTES_S, 'all') },
    { name: 'a report of an hour, all campaigns', ask: windowOf(HOUR_S, 'all') },
    report('a report of a day', DAY),
    report('a page of a report of a month', MONTH),
    upload('an upload of one attempt', 1, 'JSON', rounds),
    upload('an upload of 10,000 attempts, JSON', LARGE, 'JSON', rounds),
    upload('an upload of 10,000 attempts, NDJSON', LARGE, 'NDJSON', rounds),
    { name: 'add_dnc of ten telephones', ask: addDnc },
  ];
}

/** Another one each round, of which nothing can be kept. */
function windowOf(length_s: number, campaign_id: number | 'all') {
  return (base: string, token: string, round: number): Ask => {
    const from = new Date(Date.UTC(2025, 9, 20, 12) + round * FIVE_MINUTES_S * 1_000);
    const last = new Date(from.getTime() + (length_s - 1) * 1_000);
    const asked = { date_ini: digits(from), date_end: digits(last) };
    return {
      url: reportUrl(base, { campaign_id, ...asked }),
      token,
    };
  };
}

const digits = (time: Date) => time.toISOString().replace(/\D/g, '').slice(0, 14);

function report(name: string, window: { date_ini: string; date_end: string }): Work {
  return {
    name,
    ask: (base, token) => ({ url: reportUrl(base, { campaign_id: 1_001, ...window }), token }),
  };
}

function upload(name: string, size: number, kind: BodyKind, rounds: number): Work {
  const uploads = [...uploadsOf(size * 7 + kind.length, size, rounds)].map((attempts) =>
    bodyOf(attempts, kind),
  );
  return {
    name,
    ask: (base, token, round) => {
      const sent = uploads[round % uploads.length];
      if (!sent) throw new Error('no attempts were generated');
      return { url: `${base}/v1/attempts`, token, ...sent };
    },
  };
}

function addDnc(base: string, token: string, round: number): Ask {
  const entries = Array.from({ length: TELEPHONES }, (_, at) => ({
    telephone: `57300${round * TELEPHONES + at}`,
    days_block: 30,
  }));
  const url = `${base}/api/v2/campaign.php?api=add_dnc`;
  return { url, token, body: Buffer.from(JSON.stringify(entries)), type: 'application/json' };
}

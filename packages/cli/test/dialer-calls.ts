/**
 * Dialers as their databases show them: calls that come late, end later, and change. Each tells what the report has to be
 * of its tables as they stand.
 */
export interface DialerModel {
  /** Statements that write down what happened at `now_s`: some rows that are new, some that change. */
  happen(now_s: number, random: () => number): string;
  /** As `DialerFeed.attempts` has them. */
  expected(): string[];
}

/** Where clocks were set back in the night of the test: 01:30 comes twice. */
export const DIALER_ZONE = 'America/New_York';
/** 2024-11-02 18:00 there, eight hours before that. */
export const BEGIN_S = Date.UTC(2024, 10, 2, 22) / 1_000;
const TELEPHONES = 12;
const HOUR_S = 3_600;

const wallOf = (zone: string) => {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (epoch_s: number) => format.format(new Date(epoch_s * 1_000));
};
export const dialerWall = wallOf(DIALER_ZONE);
/** The operation's own zone. */
const reportWall = wallOf('America/Bogota');

const one = <Item>(items: readonly [Item, ...Item[]], random: () => number): Item =>
  items[Math.floor(random() * items.length)] ?? items[0];

const telephone = (random: () => number) => `300123456${Math.floor(random() * TELEPHONES)}`;

/** Mostly minutes late, at most what the overlap takes beside the hour that comes twice. */
const lateBy = (random: () => number) => Math.floor(random() ** 3 * 2.5 * HOUR_S);

export const quoted = (value: string | number | null): string =>
  value === null
    ? 'NULL'
    : typeof value === 'number'
      ? String(value)
      : `'${value.replace(/[\\']/g, '\\$&')}'`;

interface VicidialRow {
  readonly uniqueid: string;
  readonly start_s: number;
  readonly phone: string;
  readonly answered: boolean;
  status: string;
  carrier?: { cause: number; sip: number };
}

const ENDINGS = {
  answered: { DROP: 'ANSWER', SALE: 'ANSWER', NI: 'ANSWER', A: 'ANSWER-MACHINE', AA: 'ANSWER-MACHINE' },
  not: { NA: 'NO-ANSWER', AB: 'BUSY', B: 'BUSY', ADC: 'FAILED' },
} as const;
const CAUSES: Readonly<Record<number, string>> = {
  1: 'FAILED',
  17: 'BUSY',
  18: 'NO-ANSWER',
  34: 'CONGESTION',
};
const SIPS: Readonly<Record<number, string>> = {
  404: 'FAILED',
  480: 'NO-ANSWER',
  486: 'BUSY',
  503: 'CONGESTION',
};

/** `vicidial_log`, whose rows change until long after the call, and `vicidial_carrier_log`, whose rows come after it. */
export class VicidialModel implements DialerModel {
  readonly #calls: VicidialRow[] = [];

  happen(now_s: number, random: () => number): string {
    const statements: string[] = [];
    for (let left = Math.floor(random() * 8); left > 0; left -= 1) statements.push(this.#dial(now_s, random));
    const recent = this.#calls.filter(({ start_s }) => start_s > now_s - 2.5 * HOUR_S);
    for (const call of recent) if (random() < 0.3) statements.push(this.#change(call, random));
    return statements.join('\n');
  }

  expected(): string[] {
    return this.#calls
      .filter(({ status }) => status !== 'INCALL')
      .map((call) => `57${call.phone} ${reportWall(call.start_s)} ${resultOf(call)} ${call.uniqueid}`)
      .sort();
  }

  #dial(now_s: number, random: () => number): string {
    const start_s = now_s - lateBy(random);
    const nr = this.#calls.length;
    const answered = random() < 0.5;
    const status = answered ? one(['INCALL', 'DROP', 'AA'], random) : one(['NA', 'AB', 'ADC'], random);
    const call = { uniqueid: `${start_s}.${nr}`, start_s, phone: telephone(random), answered, status };
    this.#calls.push(call);
    const row = (campaign: string, uniqueid: string) =>
      `INSERT INTO vicidial_log (uniqueid, lead_id, campaign_id, call_date, start_epoch, length_in_sec, status, phone_code,
        phone_number, user, comments) VALUES (${[
          uniqueid,
          nr,
          campaign,
          dialerWall(start_s),
          start_s,
          null,
          status,
        ]
          .map(quoted)
          .join()}, '57', '${call.phone}', ${answered ? "'ana'" : "'VDAD'"}, 'tab\\there "');`;
    // What came in stands in the same table, under its in-group.
    return `${row('SALES', call.uniqueid)}\n${random() < 0.2 ? row('INGROUP', `${start_s}.9${nr}`) : ''}`;
  }

  #change(call: VicidialRow, random: () => number): string {
    const key = `WHERE uniqueid = '${call.uniqueid}';`;
    if (random() < 0.5) {
      call.status = call.answered
        ? one(['SALE', 'NI', 'A', 'AA'], random)
        : one(['NA', 'B', 'AB', 'ADC'], random);
      const length = Math.floor(random() * 300);
      return `UPDATE vicidial_log SET status = '${call.status}', length_in_sec = ${length} ${key}`;
    }
    const { carrier } = call;
    if (carrier === undefined) {
      call.carrier = { cause: call.answered ? 16 : one([1, 17, 18, 34], random), sip: 0 };
      return `INSERT INTO vicidial_carrier_log (uniqueid, call_date, server_ip, hangup_cause, dialstatus, channel) VALUES
        ('${call.uniqueid}', NOW(), '10.0.0.1', ${call.carrier.cause}, '', 'SIP/north-0001');`;
    }
    if (call.answered) return '';
    carrier.sip = one([404, 480, 486, 503], random);
    return `UPDATE vicidial_carrier_log SET sip_hangup_cause = ${carrier.sip} ${key}`;
  }
}

function resultOf({ answered, status, carrier }: VicidialRow): string {
  if (!answered && carrier) return SIPS[carrier.sip] ?? CAUSES[carrier.cause] ?? '';
  return { ...ENDINGS.answered, ...ENDINGS.not }[status] ?? '';
}

const STRONGEST = ['ANSWERED', 'BUSY', 'CONGESTION', 'FAILED', 'NO ANSWER'] as const;
const RESULTS = {
  ANSWERED: 'ANSWER',
  BUSY: 'BUSY',
  CONGESTION: 'CONGESTION',
  FAILED: 'FAILED',
  'NO ANSWER': 'NO-ANSWER',
} as const;

/** `cdr`: a row for each leg when it has ended, none of which changes. */
export class CdrModel implements DialerModel {
  readonly #calls: {
    key: string;
    start_s: number;
    phone: string;
    dispositions: (typeof STRONGEST)[number][];
  }[] = [];
  #legs = 0;

  happen(now_s: number, random: () => number): string {
    const statements: string[] = [];
    for (let left = Math.floor(random() * 8); left > 0; left -= 1) {
      const start_s = now_s - lateBy(random);
      const key = `${start_s}.${this.#calls.length}`;
      this.#calls.push({ key, start_s, phone: telephone(random), dispositions: [] });
    }
    for (const call of this.#calls) {
      // The first leg is there at once, and others may come later.
      const is_recent = call.start_s > now_s - 2.5 * HOUR_S;
      if (call.dispositions.length > 0 && !(is_recent && random() < 0.2)) continue;
      const disposition = one(STRONGEST, random);
      const linkedid = call.start_s % 2 === 0 ? call.key : null; // Issabel has no such column
      call.dispositions.push(disposition);
      this.#legs += 1;
      const dialed = `PJSIP/57${call.phone}@north,30,"T\t\\`;
      const values = [
        dialerWall(call.start_s),
        '"Ana\n" <101>',
        '101',
        call.phone,
        'PJSIP/north-00a1',
        'Dial',
        dialed,
      ];
      const uniqueid = linkedid === null ? call.key : `${call.start_s}.9${this.#legs}`;
      const row = [...values, disposition, uniqueid, '"tab\there\n', linkedid].map(quoted).join();
      statements.push(`INSERT INTO cdr (calldate, clid, src, dst, dstchannel, lastapp, lastdata, disposition, uniqueid,
        userfield, linkedid) VALUES (${row});`);
      if (random() < 0.2)
        statements.push(`INSERT INTO cdr (calldate, dst, lastapp, disposition) VALUES
        ('${dialerWall(call.start_s)}', '1001', 'Queue', 'ANSWERED');`);
    }
    return statements.join('\n');
  }

  expected(): string[] {
    return this.#calls
      .map(({ key, start_s, phone, dispositions }) => {
        const strongest = STRONGEST.find((each) => dispositions.includes(each)) ?? 'NO ANSWER';
        return `57${phone} ${reportWall(start_s)} ${RESULTS[strongest]} ${key}`;
      })
      .sort();
  }
}

import type { ImportDocument } from '@recuento/contract';

export type Column = 'no_answer' | 'answer_machine' | 'busy' | 'congestion' | 'failed';

/** A file as a dialer writes it, and what it comes to. */
export interface Fixture {
  /** In `fixtures/`, put together in this order. */
  readonly files: readonly string[];
  readonly format: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly counts: Partial<ImportDocument>;
  /** The telephones of each column, by the end of 573001000000; each has one attempt. */
  readonly report: Readonly<Partial<Record<Column, readonly number[]>>>;
  /** What stands before a telephone. */
  readonly plus?: string;
}

export const FIXTURES: readonly Fixture[] = [
  {
    // Five rows of one uniqueid, NO ANSWER with billsec, ANSWERED without, VoiceMail, AMD, congestion=no, CANCEL, `s`,
    // a name with quotes and a comma, a quote that never closes.
    files: ['asterisk-csv.csv'],
    format: 'asterisk-csv',
    counts: { read: 15, stored: 9, joined: 4, skipped_by_reason: { no_telephone: 1 }, rejected: 1 },
    report: { busy: [1, 10], no_answer: [2, 7], answer_machine: [4, 5], failed: [6], congestion: [8] },
  },
  {
    // 16 to 21 columns; 17 and 20 with the uniqueid, and with the userfield.
    files: ['asterisk-csv-layouts.csv'],
    format: 'asterisk-csv',
    counts: { read: 8, stored: 8, skipped: 0, rejected: 0 },
    report: { busy: [16, 17, 18, 19, 20, 21], answer_machine: [117, 120] },
  },
  {
    files: ['asterisk-custom.csv'],
    format: 'asterisk-custom',
    counts: { read: 11, stored: 8, joined: 1, skipped_by_reason: { no_telephone: 1 }, rejected: 1 },
    report: { busy: [1], no_answer: [2, 7], answer_machine: [4, 5], failed: [6], congestion: [10] },
  },
  {
    files: ['asterisk-sql-freepbx.csv'],
    format: 'asterisk-sql',
    counts: {
      read: 12,
      stored: 8,
      joined: 1,
      skipped_by_reason: { header: 1, no_telephone: 1 },
      rejected: 1,
    },
    report: { busy: [1], no_answer: [2, 7], answer_machine: [4, 5], failed: [6], congestion: [10] },
  },
  {
    files: ['asterisk-sql-ast-db-manage.tsv'],
    format: 'asterisk-sql',
    counts: { read: 6, stored: 3, joined: 1, skipped_by_reason: { header: 1 }, rejected: 1 },
    report: { failed: [1], answer_machine: [2], busy: [3] },
  },
  {
    // A space before the last field, originated legs, both legs of a call, a name with quotes, another leg that won.
    files: ['freeswitch-csv-13.csv'],
    format: 'freeswitch-csv',
    counts: {
      ...{ read: 12, stored: 9, joined: 1, rejected: 0 },
      skipped_by_reason: { not_an_attempt: 1, no_telephone: 1 },
    },
    report: { no_answer: [1, 2, 11], failed: [4], busy: [5, 7, 8], congestion: [6] },
  },
  {
    // The b-leg first; an originated call that was passed to an agent.
    files: ['freeswitch-csv-15.csv'],
    format: 'freeswitch-csv',
    counts: { read: 6, stored: 4, joined: 2, skipped: 0, rejected: 0 },
    report: { busy: [8], failed: [13], congestion: [14] },
  },
  {
    files: ['freeswitch-csv-18.csv'],
    format: 'freeswitch-csv',
    counts: { read: 3, stored: 3, skipped: 0, rejected: 0 },
    report: { no_answer: [1], failed: [4], busy: [7] },
  },
  {
    // ORIGINATOR_CANCEL with 16, SIP 503 with 41, SIP 408 with 102, AMD, a call that came in, both legs of a call.
    files: ['freeswitch-json.ndjson'],
    format: 'freeswitch-json',
    counts: { read: 10, stored: 8, joined: 1, skipped_by_reason: { inbound: 1 }, rejected: 0 },
    report: { no_answer: [1, 3], congestion: [2], answer_machine: [4], busy: [6, 9], failed: [7] },
  },
  {
    // The same calls as XML, an originatee's profile in each, one on one line; one that breaks off inside the next, and one twice.
    files: ['freeswitch.cdr.xml'],
    format: 'freeswitch-xml',
    counts: { read: 12, stored: 8, joined: 2, skipped_by_reason: { inbound: 1 }, rejected: 1 },
    report: { no_answer: [1, 3], congestion: [2], answer_machine: [4], busy: [6, 9], failed: [7] },
  },
  {
    // Values between quotes and none escaped, times with an offset, local, a b-leg, a direction that is none, and no direction.
    files: ['fusionpbx.csv'],
    format: 'fusionpbx',
    counts: {
      ...{ read: 14, stored: 8, joined: 1, rejected: 2 },
      skipped_by_reason: { header: 1, inbound: 1, internal: 1 },
    },
    report: { busy: [1], no_answer: [2, 5, 9], failed: [4, 10], congestion: [6] },
  },
  {
    // Two trunks one after the other, a dial string with bare commas, quotes that are not doubled, a route's prefix,
    // External, EXT of older firmware, `s`, a word that is none.
    files: ['grandstream-api.csv'],
    format: 'grandstream',
    counts: {
      ...{ read: 13, stored: 7, joined: 1, rejected: 1 },
      skipped_by_reason: { header: 1, inbound: 1, internal: 1, no_telephone: 1 },
    },
    report: { busy: [1, 5, 9], no_answer: [2], failed: [4], congestion: [8] },
  },
  {
    // As newer firmware calls its columns, behind a title; a call type that is none.
    files: ['grandstream-download.csv'],
    format: 'grandstream',
    counts: {
      ...{ read: 9, stored: 3, joined: 1, rejected: 1 },
      skipped_by_reason: { header: 2, inbound: 1, internal: 1 },
    },
    report: { busy: [1], no_answer: [2], failed: [3] },
  },
  {
    // AA with AM and AL, HUCnn, DISPO and NEW, a site's own status, a quote that never closes.
    files: ['vicidial-log.tsv'],
    format: 'vicidial-log',
    counts: {
      ...{ read: 20, stored: 13, joined: 0, rejected: 2 },
      skipped_by_reason: { header: 1, not_final: 2, not_an_attempt: 1, no_telephone: 1 },
    },
    report: {
      no_answer: [1, 2, 3, 18],
      answer_machine: [4, 5, 6, 17],
      congestion: [7, 11],
      failed: [8],
      busy: [10],
    },
  },
  {
    // NA by the carrier log: 34, 1, SIP 408 with 102, 20.
    files: ['vicidial-carrier-log.tsv', 'vicidial-log.tsv'],
    format: 'vicidial-log',
    counts: {
      ...{ read: 28, stored: 13, joined: 5, rejected: 2 },
      skipped_by_reason: {
        header: 2,
        not_final: 2,
        not_an_attempt: 1,
        no_telephone: 1,
        carrier_row_alone: 2,
      },
    },
    report: {
      congestion: [1, 7, 11],
      failed: [2, 8],
      no_answer: [3, 18],
      answer_machine: [4, 5, 6, 17],
      busy: [10],
    },
  },
  ...['vicidial-export.tsv', 'vicidial-export-older.tsv'].map(
    (file): Fixture => ({
      // phone_number is the lead's; in the older one both columns have that name.
      files: [file],
      format: 'vicidial-export',
      counts: { read: 8, stored: 6, skipped_by_reason: { header: 1, not_final: 1 }, rejected: 0 },
      report: { no_answer: [1], answer_machine: [2], busy: [3], congestion: [5], failed: [7] },
    }),
  ),
  {
    // Two pages; Lost Race, a call under way, a SIP address, Normal Hangup before an answer, a cause that is none, a call twice.
    files: ['plivo-calls.json'],
    format: 'plivo',
    counts: {
      ...{ read: 14, stored: 8, joined: 1, rejected: 1 },
      skipped_by_reason: { inbound: 1, not_an_attempt: 1, not_final: 1, no_telephone: 1 },
    },
    report: { busy: [1], no_answer: [2, 10, 12], failed: [4], answer_machine: [5], congestion: [6] },
  },
  {
    // The attributes as columns, causes by name.
    files: ['plivo-calls.csv'],
    format: 'plivo',
    counts: { read: 6, stored: 4, skipped_by_reason: { header: 1, inbound: 1 }, rejected: 0 },
    report: { busy: [1], no_answer: [2], failed: [4], answer_machine: [5] },
  },
  {
    // Every machine_*, fax, human, unknown and none; in-progress, queued, ringing; inbound; a call twice.
    files: ['twilio-calls.json'],
    format: 'twilio',
    counts: { read: 18, stored: 13, joined: 1, skipped_by_reason: { not_final: 3, inbound: 1 }, rejected: 0 },
    report: { answer_machine: [1, 2, 3, 4, 5], busy: [9, 17], no_answer: [10, 12], failed: [11] },
    plus: '+',
  },
  {
    // Call Sid, To, Status, Start Time, Answered By.
    files: ['twilio-calls.csv'],
    format: 'twilio',
    counts: { read: 7, stored: 4, skipped_by_reason: { header: 1, not_final: 1, inbound: 1 }, rejected: 0 },
    report: { answer_machine: [1, 5], busy: [9] },
    plus: '+',
  },
  {
    files: ['vendor-campaign-3.json'],
    format: 'vendor-campaign-3',
    counts: { read: 16, stored: 13, joined: 1, skipped_by_reason: { not_an_attempt: 1 }, rejected: 1 },
    report: { no_answer: [1], answer_machine: [2, 3, 4], busy: [5], congestion: [6], failed: [7, 8, 9] },
  },
  {
    files: ['vendor-campaign-3.csv'],
    format: 'vendor-campaign-3',
    counts: { read: 5, stored: 3, skipped_by_reason: { header: 1, not_an_attempt: 1 }, rejected: 0 },
    report: { no_answer: [1], answer_machine: [2], busy: [5] },
  },
  {
    // SIP 503 as 34 of Asterisk and as 41 of FreeSWITCH, SIP 408 with 102, NA, a quote that never closes.
    files: ['csv-with-a-map.csv'],
    format: 'csv',
    query: {
      map: 'attempt_id=Id,telephone=Phone,dialed_at=When,result=Outcome,cause=Q850,sip=SIP,opt1=Ciudad',
    },
    counts: {
      ...{ read: 11, stored: 6, joined: 0, rejected: 2 },
      skipped_by_reason: { header: 1, not_final: 1, no_telephone: 1 },
    },
    report: { congestion: [1, 2], no_answer: [3, 4], answer_machine: [5], busy: [10] },
  },
];

import { MACHINE_CODES, MACHINE_RECOGNITIONS, type MachineCode } from '@recuento/contract';
import { mariaDb } from './mariadb.js';
import { utc } from './statement.js';

/** A status of Vicidial's for each result; it has far more, of which a report would name several. */
const STATUS: Readonly<Record<MachineCode, string>> = {
  no_answer: 'NA',
  answer_machine: 'AA',
  busy: 'AB',
  congestion: 'ADCT',
  failed: 'ADC',
  answer: 'SALE',
  abandon: 'DROP',
  recall: 'CALLBK',
  do_not_call: 'DNC',
  unknown: 'ERI',
};

const quoted = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

/**
 * The table that a Vicidial has already, as its installation makes it, but for two things that favour it: InnoDB in
 * place of MyISAM, and a key by campaign and time beside its own two, which large sites add. Texts compare byte by
 * byte, as the report's order is one of bytes.
 */
export const mariaDbVicidial = mariaDb({
  name: 'MariaDB, `vicidial_log`',
  short: 'mariadb-vicidial',
  create: `CREATE TABLE peers.attempts (
    uniqueid VARCHAR(20) NOT NULL PRIMARY KEY,
    lead_id INT(9) UNSIGNED NOT NULL,
    list_id BIGINT(14) UNSIGNED,
    campaign_id VARCHAR(8),
    call_date DATETIME,
    start_epoch INT(10) UNSIGNED,
    end_epoch INT(10) UNSIGNED,
    length_in_sec INT(10),
    status VARCHAR(6),
    phone_code VARCHAR(10),
    phone_number VARCHAR(18),
    user VARCHAR(20),
    comments VARCHAR(255),
    processed ENUM('Y', 'N'),
    user_group VARCHAR(20),
    term_reason ENUM('CALLER', 'AGENT', 'QUEUETIMEOUT', 'ABANDON', 'AFTERHOURS', 'NONE', 'SYSTEM') DEFAULT 'NONE',
    alt_dial VARCHAR(6) DEFAULT 'NONE',
    called_count SMALLINT(5) UNSIGNED DEFAULT 0
  ) ENGINE=InnoDB CHARACTER SET latin1 COLLATE latin1_bin`,
  indexes: ['INDEX (lead_id)', 'INDEX (call_date)', 'INDEX (campaign_id, call_date)'],
  columns: `(uniqueid, campaign_id, phone_number, @at, @result, @seconds, @agent)
    SET lead_id = CRC32(phone_number) % 100000000, list_id = 101, call_date = FROM_UNIXTIME(@at), start_epoch = @at,
      end_epoch = @at + IFNULL(@seconds, 0), length_in_sec = IFNULL(@seconds, 0),
      status = ELT(FIELD(@result, ${quoted(MACHINE_CODES)}), ${quoted(MACHINE_CODES.map((code) => STATUS[code]))}),
      phone_code = '57', user = IFNULL(@agent, 'VDAD'), comments = 'AUTO', processed = 'N', user_group = 'AGENTS',
      term_reason = IF(@agent IS NULL, 'NONE', 'CALLER'), alt_dial = 'MAIN', called_count = 1`,
  dialect: {
    table: 'peers.attempts',
    telephone: 'phone_number',
    campaign: (campaign_id) => `campaign_id = '${campaign_id}'`,
    dialed_at: 'call_date',
    instant: (seconds) => `'${utc(seconds)}'`,
    count: (code) => `SUM(status = '${STATUS[code]}')`,
    recognized: `status IN (${quoted(MACHINE_RECOGNITIONS.map((code) => STATUS[code]))})`,
  },
});

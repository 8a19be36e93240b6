-- The columns, kinds and indexes that Vicidial's MySQL_AST_CREATE_tables.sql (SVN 3884) and FreePBX's cdr have.
CREATE DATABASE asterisk;
CREATE TABLE asterisk.vicidial_log (
  uniqueid VARCHAR(20) PRIMARY KEY NOT NULL, lead_id INT UNSIGNED NOT NULL, list_id BIGINT UNSIGNED,
  campaign_id VARCHAR(8), call_date DATETIME, start_epoch INT UNSIGNED, end_epoch INT UNSIGNED, length_in_sec INT,
  status VARCHAR(6), phone_code VARCHAR(10), phone_number VARCHAR(18), user VARCHAR(20), comments VARCHAR(255),
  processed ENUM('Y', 'N'), user_group VARCHAR(20), term_reason VARCHAR(12) DEFAULT 'NONE',
  alt_dial VARCHAR(6) DEFAULT 'NONE', called_count SMALLINT UNSIGNED DEFAULT 0, INDEX (lead_id), INDEX (call_date)
) ENGINE = MyISAM;
CREATE TABLE asterisk.vicidial_carrier_log (
  uniqueid VARCHAR(20) PRIMARY KEY NOT NULL, call_date DATETIME, server_ip VARCHAR(15) NOT NULL, lead_id INT UNSIGNED,
  hangup_cause TINYINT UNSIGNED DEFAULT 0, dialstatus VARCHAR(16), channel VARCHAR(100), dial_time SMALLINT UNSIGNED,
  answered_time SMALLINT UNSIGNED, sip_hangup_cause SMALLINT UNSIGNED DEFAULT 0, sip_hangup_reason VARCHAR(50),
  caller_code VARCHAR(30), INDEX (call_date), INDEX (lead_id)
) ENGINE = MyISAM;

CREATE DATABASE asteriskcdrdb CHARACTER SET utf8mb4;
CREATE TABLE asteriskcdrdb.cdr (
  calldate DATETIME NOT NULL DEFAULT '0000-00-00 00:00:00', clid VARCHAR(80) NOT NULL DEFAULT '',
  src VARCHAR(80) NOT NULL DEFAULT '', dst VARCHAR(80) NOT NULL DEFAULT '', dcontext VARCHAR(80) NOT NULL DEFAULT '',
  channel VARCHAR(80) NOT NULL DEFAULT '', dstchannel VARCHAR(80) NOT NULL DEFAULT '',
  lastapp VARCHAR(80) NOT NULL DEFAULT '', lastdata VARCHAR(80) NOT NULL DEFAULT '', duration INT NOT NULL DEFAULT 0,
  billsec INT NOT NULL DEFAULT 0, disposition VARCHAR(45) NOT NULL DEFAULT '', amaflags INT NOT NULL DEFAULT 0,
  accountcode VARCHAR(20) NOT NULL DEFAULT '', uniqueid VARCHAR(32) NOT NULL DEFAULT '', userfield VARCHAR(255),
  did VARCHAR(50) NOT NULL DEFAULT '', recordingfile VARCHAR(255) NOT NULL DEFAULT '', linkedid VARCHAR(32),
  peeraccount VARCHAR(80) NOT NULL DEFAULT '', sequence INT NOT NULL DEFAULT 0, INDEX (calldate), INDEX (uniqueid)
) ENGINE = InnoDB;

import { asteriskCsv } from './asterisk-csv.js';
import { asteriskCustom } from './asterisk-custom.js';
import { asteriskSql } from './asterisk-sql.js';
import { csv } from './csv.js';
import type { ImportFormat } from './format.js';
import { freeswitchCsv } from './freeswitch-csv.js';
import { freeswitchJson } from './freeswitch-json.js';
import { twilio } from './twilio.js';
import { vendorCampaign3 } from './vendor-campaign-3.js';
import { vicidialExport } from './vicidial-export.js';
import { vicidialLog } from './vicidial-log.js';

export const FORMATS: readonly ImportFormat[] = [
  asteriskCsv,
  asteriskCustom,
  asteriskSql,
  csv,
  freeswitchCsv,
  freeswitchJson,
  twilio,
  vendorCampaign3,
  vicidialExport,
  vicidialLog,
];

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);

export function formatNamed(name: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.name === name);
}

import type { ImportFormatName } from '@recuento/contract';
import { asteriskCsv } from './asterisk/asterisk-csv.js';
import { asteriskCustom } from './asterisk/asterisk-custom.js';
import { asteriskSql } from './asterisk/asterisk-sql.js';
import { grandstream } from './asterisk/grandstream.js';
import { csv } from './csv.js';
import type { ImportFormat } from './format.js';
import { freeswitchCsv } from './freeswitch/freeswitch-csv.js';
import { freeswitchJson } from './freeswitch/freeswitch-json.js';
import { freeswitchXml } from './freeswitch/freeswitch-xml.js';
import { fusionpbx } from './freeswitch/fusionpbx.js';
import { plivo } from './plivo.js';
import { twilio } from './twilio/twilio.js';
import { vendorCampaign3 } from './vendor-campaign-3.js';
import { vicidialExport } from './vicidial/vicidial-export.js';
import { vicidialLog } from './vicidial/vicidial-log.js';

const BY_NAME: Readonly<Record<ImportFormatName, ImportFormat>> = {
  'asterisk-csv': asteriskCsv,
  'asterisk-custom': asteriskCustom,
  'asterisk-sql': asteriskSql,
  csv,
  'freeswitch-csv': freeswitchCsv,
  'freeswitch-json': freeswitchJson,
  'freeswitch-xml': freeswitchXml,
  fusionpbx,
  grandstream,
  plivo,
  twilio,
  'vendor-campaign-3': vendorCampaign3,
  'vicidial-export': vicidialExport,
  'vicidial-log': vicidialLog,
};

export const FORMATS: readonly ImportFormat[] = Object.values(BY_NAME);

export function formatNamed(name: ImportFormatName): ImportFormat {
  return BY_NAME[name];
}

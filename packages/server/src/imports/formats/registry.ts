import type { ImportFormatName } from '@recuento/contract';
import { asteriskCsv } from './asterisk-csv.js';
import { asteriskCustom } from './asterisk-custom.js';
import { asteriskSql } from './asterisk-sql.js';
import { csv } from './csv.js';
import type { ImportFormat } from './format.js';
import { freeswitchCsv } from './freeswitch-csv.js';
import { freeswitchJson } from './freeswitch-json.js';
import { freeswitchXml } from './freeswitch-xml.js';
import { fusionpbx } from './fusionpbx.js';
import { grandstream } from './grandstream.js';
import { plivo } from './plivo.js';
import { twilio } from './twilio.js';
import { vendorCampaign3 } from './vendor-campaign-3.js';
import { vicidialExport } from './vicidial-export.js';
import { vicidialLog } from './vicidial-log.js';

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

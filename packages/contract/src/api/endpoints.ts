import type { ErrorId } from '../errors/catalogue.js';
import type { ReportDescription } from '../report-description.js';
import { ADD_DNC } from './documented/add-dnc.js';
import { ADD_RECORD } from './documented/add-record.js';
import { CREATE_CAMPAIGN } from './documented/create-campaign.js';
import { INFORMATION_ENDPOINTS } from './documented/information.js';
import { REAL_TIME_ENDPOINT } from './documented/real-time.js';
import { RECALL_RECORDS } from './documented/recall-records.js';
import { REMOVE_RECORD } from './documented/remove-record.js';
import { reportEndpoint } from './documented/reports.js';
import type { ApiKind, Endpoint } from './endpoint.js';
import { ALARM_ENDPOINTS } from './native/alarms-endpoints.js';
import { ATTEMPT_ENDPOINTS } from './native/attempts-endpoints.js';
import { AUDIT_ENDPOINTS } from './native/audit-endpoints.js';
import { CAMPAIGN_ENDPOINTS } from './native/campaigns-endpoints.js';
import { HOOK_ENDPOINTS } from './native/hooks-endpoints.js';
import { HYGIENE_ACTS_ENDPOINTS } from './native/hygiene-acts-endpoints.js';
import { HYGIENE_CHANCE_ENDPOINTS } from './native/hygiene-chance-endpoints.js';
import { HYGIENE_ENDPOINTS } from './native/hygiene-endpoints.js';
import { HYGIENE_EXPORT_ENDPOINTS } from './native/hygiene-export-endpoints.js';
import { HYGIENE_QUARANTINE_ENDPOINTS } from './native/hygiene-quarantine-endpoints.js';
import { HYGIENE_RULE_ENDPOINTS } from './native/hygiene-rules-endpoints.js';
import { HYGIENE_TRIAL_ENDPOINTS } from './native/hygiene-trials-endpoints.js';
import { IMPORT_ENDPOINTS } from './native/imports-endpoints.js';
import { MACHINE_CODES_ENDPOINTS } from './native/machine-codes-endpoints.js';
import { OPERATION_ENDPOINTS } from './native/operations-endpoints.js';
import { SESSION_ENDPOINTS } from './native/session-endpoints.js';
import { TELEPHONE_ENDPOINTS } from './native/telephones-endpoints.js';
import { TOKEN_ENDPOINTS } from './native/tokens-endpoints.js';
import { TREND_ENDPOINTS } from './native/trend-endpoints.js';
import { WEBHOOK_ENDPOINTS } from './native/webhooks-endpoints.js';
import { SERVICE_ENDPOINTS } from './service.js';

/** Every call of a service with these reports, in the order of the documentation. */
export function endpointsWith(reports: readonly ReportDescription[]): readonly Endpoint[] {
  return [
    ...reports.map(reportEndpoint),
    ...INFORMATION_ENDPOINTS,
    REAL_TIME_ENDPOINT,
    ADD_RECORD,
    ADD_DNC,
    CREATE_CAMPAIGN,
    REMOVE_RECORD,
    RECALL_RECORDS,
    ...MACHINE_CODES_ENDPOINTS,
    ...TREND_ENDPOINTS,
    ...HYGIENE_ENDPOINTS,
    ...ALARM_ENDPOINTS,
    ...HYGIENE_RULE_ENDPOINTS,
    ...HYGIENE_TRIAL_ENDPOINTS,
    ...HYGIENE_CHANCE_ENDPOINTS,
    ...TELEPHONE_ENDPOINTS,
    ...ATTEMPT_ENDPOINTS,
    ...IMPORT_ENDPOINTS,
    ...HOOK_ENDPOINTS,
    ...WEBHOOK_ENDPOINTS,
    ...HYGIENE_QUARANTINE_ENDPOINTS,
    ...HYGIENE_ACTS_ENDPOINTS,
    ...HYGIENE_EXPORT_ENDPOINTS,
    ...CAMPAIGN_ENDPOINTS,
    ...AUDIT_ENDPOINTS,
    ...TOKEN_ENDPOINTS,
    ...SESSION_ENDPOINTS,
    ...OPERATION_ENDPOINTS,
    ...SERVICE_ENDPOINTS,
  ];
}

/** Errors that every call of an API can return. */
const COMMON_ERRORS: Readonly<Record<ApiKind, readonly ErrorId[]>> = {
  documented: [
    'unknown-api',
    'api-not-served',
    'missing-parameters',
    'bad-parameter',
    'token-missing',
    'token-invalid',
    'server-mismatch',
    'scope-missing',
    'too-many-simultaneous',
    'quota-exceeded',
    'headers-too-large',
    'expectation-unknown',
    'malformed-request',
    'internal',
    'unavailable',
    'disk-full', // calls are counted, and what is sent is stored
  ],
  native: [
    'missing-parameters',
    'bad-parameter',
    'token-missing',
    'token-invalid',
    'scope-missing',
    'body-too-large', // any call: a body that the call does not take is still read, up to the limit
    'body-too-slow',
    'unsupported-media-type',
    'headers-too-large',
    'expectation-unknown',
    'malformed-request',
    'internal',
    'unavailable',
    'disk-full', // calls are counted, and what is sent is stored
  ],
  service: ['headers-too-large', 'expectation-unknown', 'malformed-request', 'internal', 'unavailable'],
};

/** All errors that a call can return. */
export function errorsOf({ api_kind, errors }: Endpoint): readonly ErrorId[] {
  return [...new Set([...COMMON_ERRORS[api_kind], ...errors])];
}

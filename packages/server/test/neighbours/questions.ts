import { REPORTS } from '../../src/reports/registry.js';
import type { Call } from './call.js';
import { INSTANTS, WINDOW } from './scene.js';

/** A call of B, by a name that tells it. */
export interface Question extends Call {
  readonly name: string;
}

const ENCODINGS = ['gzip', 'br', 'zstd'] as const;
const FORMATS = ['json', 'ndjson', 'csv', 'parquet', 'xlsx'] as const;

/** Every way in which a caller may read. `If-None-Match` is added when the ETags are known: see `alone.ts`. */
export function questionsOfB(): Question[] {
  return [...reports(), ...information(), ...tables(), ...lists(), ...pages(), ...refusals()];
}

export function reportPath(api: string, campaign_id: number | 'all', cursor?: string): string {
  const query = new URLSearchParams({ api, campaign_id: String(campaign_id), ...WINDOW });
  if (cursor !== undefined) query.set('cursor', cursor);
  return `/api/v2/reports_manager.php?${query}`;
}

export function tablePath(table: 'machine-codes' | 'trend', format: string, more = {}): string {
  return `/v1/${table}?${new URLSearchParams({ campaign_id: 'all', ...INSTANTS, format, ...more })}`;
}

const get = (path: string, headers?: Record<string, string>): Question => ({
  name: `${path}${headers ? ` ${JSON.stringify(headers)}` : ''}`,
  path,
  ...(headers && { headers }),
});

function reports(): Question[] {
  return [...REPORTS.keys()].flatMap((api) => [
    ...([1_001, 'all'] as const).flatMap((campaign) => [
      get(reportPath(api, campaign)),
      get(reportPath(api, campaign, '')),
    ]),
    ...ENCODINGS.map((encoding) => get(reportPath(api, 'all'), { 'accept-encoding': encoding })),
  ]);
}

const information = (): Question[] => [
  get('/api/v2/information.php?api=campaigns'),
  get('/api/v2/information.php?api=token_info'),
  get('/api/v2/real_time.php?api=campaigns'),
  get('/api/v2/real_time.php?api=campaigns&campaign_id=1001&cursor='),
];

function tables(): Question[] {
  const files = (['machine-codes', 'trend'] as const).flatMap((table) =>
    FORMATS.map((format) => get(tablePath(table, format))),
  );
  return [
    ...files,
    get(tablePath('machine-codes', 'json', { limit: '100', sort: '-dialed' })),
    get(tablePath('trend', 'json', { interval: 'hour', by: 'trunk' })),
    get(tablePath('trend', 'csv', { headings: 'names', by: 'campaign' })),
    get(tablePath('trend', 'json'), { 'accept-encoding': 'gzip' }),
  ];
}

const lists = (): Question[] =>
  ['/v1/campaigns', '/v1/imports', '/v1/usage', '/v1/tokens'].map((path) => get(path));

const pages = (): Question[] => [
  get('/openapi.json'),
  get('/docs'),
  get('/docs/calls/campaign_8', { 'accept-language': 'es' }),
  get('/docs/errors/no-records', { 'accept-language': 'en' }),
];

/** What is refused is told by the same bytes as well. */
const refusals = (): Question[] => [
  get(reportPath('campaign_8', 9_999)),
  get('/api/v2/reports_manager.php?api=campaign_8&campaign_id=x'),
  get('/v1/trend?campaign_id=all'),
  get('/v1/imports/none'),
  get('/v1/nowhere'),
  get('/api/v2/campaign.php?api=add_dnc'),
];

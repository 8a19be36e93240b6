// tsc copies code alone: what the compiled code reads beside itself goes there here.
import { cpSync, readdirSync } from 'node:fs';

const from = 'packages/server/src';
const to = 'packages/server/dist';
/** The schema's numbered migrations, what the documentation's pages load, the worker that makes workbooks, and the process that copies a socket. */
const ASSETS = [
  'attempts/migrations',
  'http/acceptors-process.mjs',
  'http/v1/xlsx-worker.mjs',
  ...['style.css', 'tabs.js', 'try.js'].map((name) => `http/docs/${name}`),
];

for (const asset of ASSETS) cpSync(`${from}/${asset}`, `${to}/${asset}`, { recursive: true });

// The pages of the documentation have the console's colours.
cpSync('packages/console/src/style/colours.css', 'packages/console/dist/colours.css');

// A package that is passed on brings its licence along; npm packs the one beside its package.json.
for (const name of readdirSync('packages')) cpSync('LICENSE', `packages/${name}/LICENSE`);

// tsc copies code alone: what the compiled code reads beside itself goes there here.
import { cpSync } from 'node:fs';

const from = 'packages/server/src';
const to = 'packages/server/dist';
/** The schema's numbered migrations, and the style sheet of the documentation. */
const ASSETS = ['attempts/migrations', 'http/docs/style.css'];

for (const asset of ASSETS) cpSync(`${from}/${asset}`, `${to}/${asset}`, { recursive: true });

// tsc copies no .sql files: the schema's numbered migrations go beside the compiled code here.
import { cpSync } from 'node:fs';

const from = 'packages/server/src/attempts/migrations';
cpSync(from, 'packages/server/dist/attempts/migrations', { recursive: true });

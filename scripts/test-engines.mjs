// Runs the tests on the engines, one after the other, and ends with a plain line of both: `test-engines.mjs [embedded|server|two-services]
// [FILTER...]`.
import { closeWith, runSuite } from './run-suite.mjs';

const ENGINES = {
  embedded: { RECUENTO_TEST_ENGINE: 'embedded' },
  server: { RECUENTO_TEST_ENGINE: 'server' },
  'two-services': { RECUENTO_TEST_ENGINE: 'server', RECUENTO_TEST_NODES: '2' },
};
const [first, ...rest] = process.argv.slice(2);
const named = Object.hasOwn(ENGINES, first ?? '');
const filters = named ? rest : process.argv.slice(2);

const all = { passed: 0, failed: 0, skipped: 0, is_well: true };
for (const engine of named ? [first] : Object.keys(ENGINES)) {
  process.stdout.write(`\nThe stores: ${engine}\n`);
  // Of a whole run the servers must tell that they were used (packages/server/test/servers/global-setup.ts).
  const is_whole = filters.length === 0;
  const one = runSuite(filters, {
    ...ENGINES[engine],
    ...(is_whole && { RECUENTO_TEST_WHOLE: '1' }),
  });
  for (const count of ['passed', 'failed', 'skipped']) all[count] += one[count];
  all.is_well &&= one.is_well;
}
closeWith(all);

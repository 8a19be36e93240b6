import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WORLDS, type WorldName } from '@recuento/generator';
import { loadConfig, startService } from '@recuento/server';
import { backtested } from './backtests.js';
import { ADMIN_TOKEN, fillOperation } from './operation.js';
import { scored } from './verdicts.js';

/**
 * How often verdicts are right in generated operations whose truth is known, and what the rules that ship save and cost there:
 * `npm run worlds [WORLD,…] [ATTEMPTS] [SEED,…]`. Nothing is asserted: a part of this is in the tests.
 */
const [names = Object.keys(WORLDS).join(','), attempts = '150000', seeds = '1,2,3'] = process.argv.slice(2);
/** A midnight of Bogota. */
const UNTIL_S = Date.UTC(2026, 10, 1, 5) / 1_000;

const data = await mkdtemp(join(tmpdir(), 'worlds-'));
const service = await startService(
  loadConfig({ port: 0, data, admin_token: ADMIN_TOKEN, log_level: 'silent' }, {}),
);
try {
  for (const name of names.split(',')) {
    if (!isWorld(name)) throw new RangeError(`there is no world ${name}`);
    for (const seed of seeds.split(',')) {
      const options = { ...WORLDS[name], seed: Number(seed), attempts: Number(attempts), until_s: UNTIL_S };
      const operation = await fillOperation(service, options);
      process.stdout.write(`${name}, seed ${seed}: ${(await scored(operation)).text()}\n`);
      for await (const line of backtested(operation)) process.stdout.write(`  ${line}\n`);
    }
  }
} finally {
  await service.stop();
  await rm(data, { recursive: true, force: true });
}

function isWorld(name: string): name is WorldName {
  return name in WORLDS;
}

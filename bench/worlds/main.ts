import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GenerateOptions, generate, NUMBERING, WORLDS, type WorldName } from '@recuento/generator';
import { loadConfig, type Service, startService } from '@recuento/server';
import { judgementOf } from '../../packages/server/src/hygiene/judging/judge.js';
import { verdictsTable } from '../../packages/server/src/hygiene/verdicts-table.js';
import { Score } from '../../packages/server/test/hygiene/score.js';
import { truthOf } from '../../packages/server/test/hygiene/truth.js';

/**
 * How often verdicts are right in generated operations whose truth is known: `npm run worlds [WORLD,…] [ATTEMPTS] [SEED,…]`. Nothing
 * is asserted: a part of this is in the tests.
 */
const [names = Object.keys(WORLDS).join(','), attempts = '150000', seeds = '1,2,3'] = process.argv.slice(2);
const TIME_ZONE = 'America/Bogota';
/** A midnight there. */
const UNTIL_S = Date.UTC(2026, 10, 1, 5) / 1_000;

const data = await mkdtemp(join(tmpdir(), 'worlds-'));
const admin_token = 'administrator-token-for-the-benches-only';
const service = await startService(loadConfig({ port: 0, data, admin_token, log_level: 'silent' }, {}));
try {
  for (const name of names.split(',')) {
    if (!isWorld(name)) throw new RangeError(`there is no world ${name}`);
    for (const seed of seeds.split(',')) {
      const options = { ...WORLDS[name], seed: Number(seed), attempts: Number(attempts), until_s: UNTIL_S };
      process.stdout.write(`${name}, seed ${seed}: ${(await scored(service, options)).text()}\n`);
    }
  }
} finally {
  await service.stop();
  await rm(data, { recursive: true, force: true });
}

function isWorld(name: string): name is WorldName {
  return name in WORLDS;
}

async function scored({ services }: Service, options: GenerateOptions): Promise<Score> {
  const { accounts, uploads, admission, engine, knowledge } = services;
  const operation = await accounts.operations.create({
    server: String((await accounts.operations.list()).length + 1).padStart(4, '0'),
    name: 'worlds',
    licences: 10,
    time_zone: TIME_ZONE,
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
    numbering: NUMBERING,
  });
  const give_turn = admission.desk.stream('worlds');
  for (const batch of generate(options)) await uploads.accept(operation, batch, give_turn);
  const as_of_s = UNTIL_S - 1;
  const known = await knowledge.at(operation, as_of_s);
  const judgement = judgementOf(known, { as_of_s, time_zone: TIME_ZONE, language: 'en' });
  const table = verdictsTable({ operation_id: operation.id, campaign: { kind: 'all' } }, judgement);
  const bytes = await engine.read({
    sql: `SELECT v_telephone, v_verdict FROM (${table.rows}) FORMAT JSONCompactEachRow`,
    params: table.params,
    settings: table.settings,
    fair_key: 'worlds',
    max_ms: 600_000,
  });
  const score = new Score(truthOf(options));
  for (const line of bytes.toString().split('\n').filter(Boolean)) {
    const [telephone, verdict]: [string, string] = JSON.parse(line);
    score.add(telephone, verdict);
  }
  return score;
}

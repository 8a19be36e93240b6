import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GenerateOptions, generate, WORLDS, type WorldName } from '@recuento/generator';
import { loadConfig, startService } from '@recuento/server';
import { judgementOf } from '../../packages/server/src/hygiene/judging/judge.js';
import { learn } from '../../packages/server/src/hygiene/knowledge/knowledge.js';
import { Learning } from '../../packages/server/src/hygiene/knowledge/learning.js';
import { verdictsTable } from '../../packages/server/src/hygiene/verdicts-table.js';
import { truthOf } from './truth.js';

const [names = Object.keys(WORLDS).join(','), attempts = '150000', seeds = '1'] = process.argv.slice(2);
const until_s = Date.UTC(2026, 10, 1, 5) / 1000;
const data = await mkdtemp(join(tmpdir(), 'worlds-'));
const service = await startService(
  loadConfig({ port: 0, data, admin_token: 'x'.repeat(40), log_level: 'silent' }, {}),
);
const { accounts, uploads, admission, engine } = service.services;
let server = 1;
const give_turn = admission.desk.stream('worlds');
for (const name of names.split(',') as WorldName[]) {
  for (const seed of seeds.split(',').map(Number)) {
    const options: GenerateOptions = { ...WORLDS[name], seed, attempts: Number(attempts), until_s };
    const operation = await accounts.operations.create({
      server: String(server++).padStart(4, '0'),
      name,
      licences: 10,
      time_zone: 'America/Bogota',
      reply_profile: { code: 'number', empty_status: 404 },
      limits: {},
    });
    for (const batch of generate(options)) await uploads.accept(operation, batch, give_turn);
    const t0 = performance.now();
    const knowledge = await learn(new Learning(engine, operation.id, until_s, give_turn));
    const t1 = performance.now();
    const judgement = judgementOf(knowledge, { as_of_s: until_s - 1, time_zone: 'America/Bogota', language: 'en' });
    const { rows, params, settings } = verdictsTable({ operation_id: operation.id, campaign: { kind: 'all' } }, judgement);
    const bytes = await engine.read({
      sql: `SELECT v_telephone, v_verdict, v_reason_code, dead, invalid_last_at FROM (${rows}) FORMAT JSONCompactEachRow`,
      params,
      settings,
      fair_key: 'x',
      max_ms: 600000,
    });
    const t2 = performance.now();
    const { truths, wasOut, stateAt } = truthOf(options);
    let called = 0,
      wrong = 0,
      provable = 0,
      found = 0,
      five = 0,
      agree = 0;
    const verdicts: Record<string, number> = {};
    const missed: Record<string, number> = {};
    const wrongs: unknown[] = [];
    for (const line of bytes.toString().split('\n')) {
      if (line === '') continue;
      const [telephone, v, code, dead, last] = JSON.parse(line);
      verdicts[v] = (verdicts[v] ?? 0) + 1;
      const truth = truths.get(telephone);
      if (!truth) continue;
      if (v === 'invalid') {
        called++;
        if (!wasOut(telephone, last)) {
          wrong++;
          if (wrongs.length < 12) wrongs.push([stateAt(telephone, last), Number(dead.toFixed(4))]);
        }
      }
      if (truth.provable) {
        provable++;
        if (v === 'invalid') found++;
        else missed[code] = (missed[code] ?? 0) + 1;
      }
      if (truth.attempts >= 5 && v !== 'invalid') {
        five++;
      }
    }
    const { trust } = knowledge;
    console.log(
      `${name} seed ${seed}: called ${called} precision ${((1 - wrong / called) * 100).toFixed(2)} recall ${((found / provable) * 100).toFixed(1)} of ${provable} | learn ${(t1 - t0).toFixed(0)} ms, judge ${(t2 - t1).toFixed(0)} ms | sure ${trust.sure_from.toFixed(4)} π ${trust.dead_at_first.toFixed(3)} die ${trust.dies_a_day.toFixed(4)} rev ${trust.revives_a_day.toFixed(4)} d ${trust.dead_said.invalid.toFixed(2)} ab ${trust.life.alpha.toFixed(2)},${trust.life.beta.toFixed(2)} usual ${trust.usual_lie.toFixed(3)}`,
    );
    console.log(
      '   faults',
      knowledge.faults.length,
      JSON.stringify(knowledge.faults.filter((f) => f.kind !== 'congestion').slice(0, 6)),
    );
    console.log(
      '   sources',
      [...trust.sources]
        .filter(([n]) => n)
        .slice(0, 12)
        .map(([n, s]) => `${n}:${s.lie.toFixed(3)}(${s.days.size})`)
        .join(' '),
      '| nets',
      [...trust.networks]
        .map(([n, l]) => `${n}:${l.toFixed(2)}`)
        .slice(0, 12)
        .join(' '),
    );
    console.log(
      '   verdicts',
      JSON.stringify(verdicts),
      'missed',
      JSON.stringify(missed),
      'wrong',
      JSON.stringify(wrongs),
    );
  }
}
await service.stop();
await rm(data, { recursive: true, force: true });

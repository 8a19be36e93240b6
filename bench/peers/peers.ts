import type { Answer } from '../answer.js';
import { numbersFrom } from '../args.js';
import { openFixture } from '../fixture.js';
import { activeParts } from '../fixture-store.js';
import { summaryLine } from '../stats.js';
import { attemptsFile, type MoreAttempts, moreAttempts } from './attempts-file.js';
import { checkRows } from './check.js';
import { bareClickHouse } from './clickhouse.js';
import { duckDb } from './duckdb.js';
import { figuresOf } from './figures.js';
import { mariaDbLean } from './mariadb-lean.js';
import { mariaDbVicidial } from './mariadb-vicidial.js';
import { inTurns } from './measure.js';
import type { OpenPeers, Peer } from './peer.js';
import { postgreSql } from './postgresql.js';
import { questionsOf } from './questions.js';
import { Recuento } from './recuento.js';
import { type Column, markdownTable } from './table.js';

/**
 * The service's engine and schema against what people would otherwise use: the same attempts, the same questions, and
 * first a proof that all give the same rows. One run, in turns. What is not installed is left out.
 */
export async function peers(argv: readonly string[], say: (line: string) => void): Promise<Answer> {
  const { attempts, runs } = numbersFrom(argv, { attempts: 10_000_000, runs: 5 });
  const fixture = await openFixture(attempts, say);
  const opened: OpenPeers[] = [];
  // An exit, and not a death by the signal: servers are ended at an exit.
  const exit = () => process.exit(1);
  process.once('SIGINT', exit).once('SIGTERM', exit);
  try {
    const file = await attemptsFile(fixture.made_of, say);
    const kinds = [mariaDbVicidial, mariaDbLean, postgreSql, duckDb, bareClickHouse(fixture.service)];
    for (const kind of kinds) {
      const missing = await kind.missing();
      if (missing === undefined) opened.push(await kind.open(file, say));
      else say(`${kind.name} is left out, not installed: ${missing}`);
    }
    const all: readonly Peer[] = [new Recuento(fixture), ...opened.flatMap((open) => open.peers)];
    const questions = questionsOf(fixture);
    say('checking that all give the same rows');
    await checkRows(all, questions, say);

    const parts = await activeParts(fixture.service); // before more attempts are inserted
    const width = Math.max(...all.map(({ name }) => name.length));
    const columns: Column[] = [];
    const measured = (title: string, times: Column['times']) => {
      columns.push({ title, times });
      say(title);
      for (const [{ name }, summary] of times) say(summaryLine(name.padEnd(width), summary));
    };
    for (const question of questions) {
      measured(question.title, await inTurns(all, runs, (peer) => peer.ask(question)));
    }
    const seed = Math.floor(Date.now() / 1_000) % 2 ** 31;
    const mores: MoreAttempts[] = [];
    for (let run = 0; run < runs; run += 1) {
      mores.push(await moreAttempts(fixture.made_of, `more-${run}`, seed + run));
    }
    measured(
      '10,000 attempts more, durable',
      await inTurns(all, runs, (peer, run) => mores[run] && peer.insert?.(mores[run])),
    );

    const table = markdownTable(all, columns);
    for (const line of table) say(line);
    return {
      about:
        'The service’s engine and schema against what people would otherwise use. All gave the same rows first. ' +
        '“JSON made in it”, Recuento and bare ClickHouse: until the rows as JSON are in the process that asked. The ' +
        'others: until the rows are in its memory, neither printed nor made into JSON. In brackets: how many times Recuento.',
      setting:
        `${attempts} attempts in ${fixture.campaigns} campaigns; Recuento’s month at rest, ${parts} parts by campaign; ` +
        `medians of ${runs} runs in turns, of two where one takes over 10 s`,
      figures: figuresOf(questions, columns),
      table,
    };
  } finally {
    process.off('SIGINT', exit).off('SIGTERM', exit);
    for (const open of opened.reverse()) await open.close();
    await fixture.service.stop();
  }
}

import { again } from './again/again.js';
import { all } from './all.js';
import { type Question, shown, shownGoal, shownReached } from './answer.js';
import { backtest } from './backtest/backtest.js';
import { before } from './before/before.js';
import { concurrent } from './concurrent.js';
import { consoleScreens } from './console/console.js';
import { writeDocument } from './document.js';
import { importFile } from './import.js';
import { ingest } from './ingest.js';
import { machineLine } from './machine.js';
import { page } from './page.js';
import { peers } from './peers/peers.js';
import { report } from './report.js';
import { record } from './results.js';
import { scale } from './scale.js';
import { servers } from './servers/servers.js';
import { sorted } from './sorted/sorted.js';
import { table } from './table/table.js';
import { window } from './window/window.js';

/** One command a question. Figures are printed beside their goals, never asserted: machines differ. */
const QUESTIONS: Readonly<Record<string, Question>> = {
  report,
  all,
  page,
  scale,
  again,
  sorted,
  table,
  window,
  concurrent,
  console: consoleScreens,
  import: importFile,
  ingest,
  servers,
  before,
  backtest,
  peers,
};
const RECORD = '--record';

const say = (line: string) => process.stdout.write(`${line}\n`);
const [question = '', ...argv] = process.argv.slice(2);
const ask = QUESTIONS[question];
if (ask) {
  const answer = await ask(
    argv.filter((flag) => flag !== RECORD),
    say,
  );
  say(`${machineLine()}\n${answer.setting}`);
  for (const one of answer.figures) {
    const goal = one.goal ? `   goal: ${shownGoal(one)}, reached: ${shownReached(one)}` : '';
    say(`  ${one.figure.padEnd(58)} ${shown(one).padStart(20)}${goal}`);
  }
  if (argv.includes(RECORD)) say(`recorded in ${await record(question, answer)}`);
} else if (question === 'document') {
  await writeDocument(say);
} else {
  const questions = Object.keys(QUESTIONS).join(' | ');
  console.error(`Which question? npm run bench -- ${questions}, each with ${RECORD} or without; or document`);
  process.exitCode = 2;
}

import { all } from './all.js';
import { importFile } from './import.js';
import { ingest } from './ingest.js';
import { report } from './report.js';

/** One command a question. Figures are printed, never asserted: machines differ. */
const QUESTIONS: Readonly<Record<string, typeof report>> = { report, all, import: importFile, ingest };

const [question = '', ...argv] = process.argv.slice(2);
const answer = QUESTIONS[question];
if (answer) {
  await answer(argv, (line) => process.stdout.write(`${line}\n`));
} else {
  console.error(`Which question? npm run bench -- ${Object.keys(QUESTIONS).join(' | ')}`);
  process.exitCode = 2;
}

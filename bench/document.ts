import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Figure, shown, shownGoal, shownReached } from './answer.js';
import { type Recorded, recordedAnswers } from './results.js';

const DOCUMENT = new URL('../docs/performance.md', import.meta.url);

/** Writes docs/performance.md from what was recorded, so that no figure in it has another source than a run. */
export async function writeDocument(say: (line: string) => void): Promise<void> {
  const answers = await recordedAnswers();
  if (answers.length === 0) throw new Error('nothing is recorded yet: npm run bench -- QUESTION --record');
  await writeFile(DOCUMENT, documentOf(answers));
  say(`${fileURLToPath(DOCUMENT)}: ${answers.map(({ question }) => question).join(', ')}`);
}

function documentOf(answers: readonly Recorded[]): string {
  const head =
    '# Performance\n\n' +
    'Written by `npm run bench -- document` from the runs recorded in `bench/results/`; not to be edited by hand.\n' +
    'Machines differ, so the ratios count: both sides of one were measured in the same run, in turns.\n';
  return [head, ...answers.map(section), machines(answers)].join('\n');
}

function section({ question, about, setting, figures, table }: Recorded): string {
  const rows = figures.map(row).join('');
  const all = table ? `\n${table.join('\n')}\n` : '';
  return `## \`${question}\`\n\n${about}\n\n${setting}\n\n| figure | measured | goal | reached? |\n|---|---|---|---|\n${rows}${all}`;
}

function row(one: Figure): string {
  return `| ${one.figure} | ${shown(one)} | ${shownGoal(one)} | ${shownReached(one)} |\n`;
}

/** Each machine once, with what ran on it and when. */
function machines(answers: readonly Recorded[]): string {
  const runs = new Map<string, string[]>();
  for (const { machine, question, date } of answers) {
    const run = `\`${question}\` on ${date}`;
    runs.set(machine, [...(runs.get(machine) ?? []), run]);
  }
  return `## Machine\n\n${[...runs].map(([machine, ran]) => `- ${machine}: ${ran.join(', ')}\n`).join('')}`;
}

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Answer } from './answer.js';
import { machineLine } from './machine.js';

const DIRECTORY = new URL('./results/', import.meta.url);

/** The answer to a question as it was recorded: one file a question, and a later run replaces it. */
export interface Recorded extends Answer {
  readonly question: string;
  readonly machine: string;
  /** The day of the run, UTC. */
  readonly date: string;
}

/** @returns the path of the file */
export async function record(question: string, answer: Answer): Promise<string> {
  const date = new Date().toISOString().slice(0, 10);
  const recorded: Recorded = { question, ...answer, machine: machineLine(), date };
  await mkdir(DIRECTORY, { recursive: true });
  const file = new URL(`${question}.json`, DIRECTORY);
  await writeFile(file, `${JSON.stringify(recorded, null, 2)}\n`);
  return fileURLToPath(file);
}

/** What was recorded, in the order of the names of its questions. */
export async function recordedAnswers(): Promise<Recorded[]> {
  await mkdir(DIRECTORY, { recursive: true });
  const names = (await readdir(DIRECTORY)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(new URL(name, DIRECTORY), 'utf8'))));
}

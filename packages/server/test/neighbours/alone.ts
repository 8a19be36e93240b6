import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type Caller } from './call.js';
import { type Question, questionsOfB } from './questions.js';
import { told } from './told.js';

/** A question of B with what B is told when nobody else is there. */
export interface Known {
  readonly question: Question;
  readonly answer: Buffer;
}

/** An archive has the time of its making, to two seconds: what holds a time shows it when it is asked so much later. */
const LATER_MS = 2_100;

/**
 * Asks what B can ask, twice, while nobody else does.
 *
 * @param questions those of B; all of them where none are named
 * @throws Error naming a question to which B alone is told two things: nothing could be compared with it
 */
export async function askAlone(
  caller: Caller,
  questions: readonly Question[] = questionsOfB(),
): Promise<Known[]> {
  const first = await askAll(caller, questions);
  const conditional = first.flatMap(({ question, etag }) =>
    etag === undefined ? [] : [{ ...question, ...ifNoneMatch(question, etag) }],
  );
  const known = [...first, ...(await askAll(caller, conditional))];
  await sleep(LATER_MS);
  const again = await askAll(
    caller,
    known.map(({ question }) => question),
  );
  const changed = again.filter(({ answer }, at) => !known[at]?.answer.equals(answer));
  if (changed.length === 0) return known;
  throw new Error(`B alone is told two things: ${changed.map(({ question }) => question.name).join('; ')}`);
}

function ifNoneMatch(question: Question, etag: string): Pick<Question, 'name' | 'headers'> {
  return { name: `${question.name} If-None-Match`, headers: { ...question.headers, 'if-none-match': etag } };
}

async function askAll(caller: Caller, questions: readonly Question[]) {
  const answers: (Known & { readonly etag: string | undefined })[] = [];
  for (const question of questions) {
    const came = await ask(caller, question);
    const refused = came.status >= 500 ? `${came.status} to ${question.name}` : undefined;
    if (refused !== undefined || !came.whole) throw new Error(`B alone is refused: ${refused ?? 'cut off'}`);
    answers.push({ question, answer: told(question.path, came), etag: came.headers.etag });
  }
  return answers;
}

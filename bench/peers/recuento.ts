import type { Fixture } from '../fixture.js';
import { replay, watchReads } from '../replay.js';
import { bogota, reportUrl } from '../report-url.js';
import type { MoreAttempts } from './attempts-file.js';
import type { Peer } from './peer.js';
import type { Question } from './questions.js';
import { lineOf } from './statement.js';

type Statements = Parameters<typeof replay>[1];
/** More telephones than any campaign of the bench has. */
const NO_LIMIT = 100_000_000;

/** The service's own engine and schema: the very statements that a call comes to, run bare. */
export class Recuento implements Peer {
  readonly name = 'Recuento';
  readonly #fixture: Fixture;
  readonly #statements = new Map<Question, Statements>();

  constructor(fixture: Fixture) {
    this.#fixture = fixture;
  }

  async rows(question: Question): Promise<readonly string[]> {
    const { engine } = this.#fixture.service.services;
    const lines: string[] = [];
    for (const statement of await this.#statementsOf(question)) {
      const written = (await engine.read(statement)).toString();
      // Behind the rows, on a line of its own, stands how many they are.
      const rows: unknown = JSON.parse(
        `[${written.slice(0, written.lastIndexOf('\n', written.length - 2))}]`,
      );
      if (!Array.isArray(rows)) throw new Error('the engine wrote no array');
      for (const row of rows) lines.push(lineOf(row));
    }
    // The service asks for one row more than the page: it tells whether there is a next one.
    return lines.slice(0, question.limit);
  }

  /** Time is the engine's, until the bytes of all rows, as JSON, are in the process. */
  async ask(question: Question): Promise<number> {
    return (await replay(this.#fixture.service.services.engine, await this.#statementsOf(question))).ms;
  }

  /** As uploads are accepted: past the engine also the accounts, the data version and what else makes it durable. */
  async insert({ batch }: MoreAttempts): Promise<number> {
    const { service, operation } = this.#fixture;
    const started_ms = performance.now();
    const { uploads, admission } = service.services;
    await uploads.accept(operation, batch, admission.desk.stream('the benchmark'));
    return performance.now() - started_ms;
  }

  async #statementsOf(question: Question): Promise<Statements> {
    const known = this.#statements.get(question);
    if (known) return known;
    const { service, token } = this.#fixture;
    const { requests } = await watchReads(service.services.engine, async () => {
      const reply = await fetch(this.#url(question), { headers: { 'wolkvox-token': token } });
      if (!reply.ok) throw new Error(`the service replied ${reply.status}: ${await reply.text()}`);
      await reply.arrayBuffer();
    });
    const statements = question.limit === undefined ? requests.map(withoutLimit) : requests;
    this.#statements.set(question, statements);
    return statements;
  }

  #url({ campaign_id, from_s, until_s }: Question): string {
    return reportUrl(this.#fixture.service.url, {
      campaign_id: campaign_id ?? 'all',
      date_ini: bogota(from_s),
      date_end: bogota(until_s - 1),
    });
  }
}

/** The service reads a whole campaign page by page; in one statement it is the same without the page's end. */
function withoutLimit(statement: Statements[number]): Statements[number] {
  if (statement.params?.limit === undefined) throw new Error('the statement has no limit');
  return { ...statement, params: { ...statement.params, limit: NO_LIMIT } };
}

import type { ImportDocument, RejectDocument } from '@recuento/contract';
import type { FollowedRecords } from '@recuento/server';
import { type ApiClient, ServerRefusal, ServerUnreachable } from '../api-client.js';
import { extensionLines } from '../commands/import-summary.js';
import { wordsFlag } from '../commands/import-words.js';
import { UsageError } from '../usage-error.js';
import type { Position, PositionFile } from './position.js';
import { Tail, type TailPiece } from './tail.js';
import { Waker } from './waker.js';

/** Network filesystems do not report changes, so the command looks for them at this interval. */
const POLL_MS = 1_000;
/** Pause between uploads, so that lines go together. Calls are in the reports within two seconds. */
const PACE_MS = 1_000;
/** A piece of this size shows that there is more to catch up with, so no pause follows. */
const CATCHING_UP_BYTES = 1024 * 1024;
/** Time limit of one upload, which takes seconds. After a longer silence the upload is sent again. */
const UPLOAD_TIMEOUT_MS = 120_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_MAX_MS = 30_000;
/** Time between messages that say how much was sent. */
const TALLY_MS = 60_000;
/** Unknown result words, each shown once. If there are more, the column does not contain result words. */
const WORDS_SHOWN = 100;
/** Rejected lines that are shown of one upload. The rest can be requested. */
const REJECTS_SHOWN = 5;

export interface Feed {
  readonly client: ApiClient;
  /** Parameters of `POST /v1/imports`. */
  readonly query: URLSearchParams;
  readonly file: string;
  /** Decides how many bytes are whole records. */
  readonly records: FollowedRecords;
  readonly state: PositionFile;
  /** Prints one line for the person who runs the command. */
  readonly say: (message: string) => void;
}

/**
 * Sends a growing file until it is stopped. The position moves only when the server has confirmed that a piece is durable.
 * So nothing is left out, however the command or the server ends, and lines that are sent twice count once.
 *
 * @throws UsageError when retries are useless: the server refuses for good, or a file can't be read
 */
export class Follower {
  readonly #feed: Feed;
  readonly #stop: AbortSignal;
  /** Unknown result words that were shown already. */
  readonly #unknown_words = new Set<string>();
  readonly #sent = { lines: 0, rejected: 0, total: 0 };
  #saved: Position | undefined;
  /** Whether the warning was shown that most telephones look like extensions. It is shown once. */
  #warned = false;
  #tallied_ms = performance.now();

  constructor(feed: Feed, stop: AbortSignal) {
    this.#feed = feed;
    this.#stop = stop;
  }

  /** Resolves after `stop`, when the upload under way has ended. */
  async run(): Promise<void> {
    const { file, state, records, say } = this.#feed;
    this.#saved = await state.load();
    if (this.#saved) say(`following ${file}, from byte ${this.#saved.offset} on`);
    else say(`following ${file}, from its beginning`);
    const tail = new Tail(file, this.#saved, records, say);
    const waker = new Waker(file, this.#stop);
    try {
      while (!this.#stop.aborted) {
        const piece = await tail.next();
        // Also before anything of a file is sent: the file may be rotated while this command does not run.
        await this.#save(tail.position);
        if (piece === undefined) {
          this.#tally(false);
          await waker.sleep(POLL_MS);
          continue;
        }
        if (!(await this.#deliver(piece, waker))) break;
        tail.took(piece);
        await this.#save(tail.position);
        if (piece.bytes.length < CATCHING_UP_BYTES) await waker.pause(PACE_MS);
      }
    } finally {
      waker.close();
      await tail.close();
    }
    this.#tally(true);
    say(`stopped; ${file} goes on from byte ${this.#saved?.offset ?? 0}`);
  }

  async #save(position: Position | undefined): Promise<void> {
    if (position === undefined || position === this.#saved) return;
    await this.#feed.state.save(position);
    this.#saved = position;
  }

  /** Sends until the server has the piece; false if stopped before. @throws UsageError when the server refuses for good */
  async #deliver(piece: TailPiece, waker: Waker): Promise<boolean> {
    const { client, say } = this.#feed;
    let said = '';
    for (let wait_ms = RETRY_FIRST_MS; ; wait_ms = Math.min(wait_ms * 2, RETRY_MAX_MS)) {
      try {
        const document = await this.#upload(piece);
        if (said !== '') say(`${client.url} takes uploads again`);
        await this.#account(piece, document);
        return true;
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (error.message !== said) say(`${error.message} Trying again until it takes the lines.`);
        said = error.message;
      }
      await waker.pause(wait_ms);
      if (this.#stop.aborted) return false;
    }
  }

  async #upload({ header, bytes, path }: TailPiece): Promise<ImportDocument> {
    const document = await this.#feed.client.json<ImportDocument>({
      method: 'POST',
      path: `/imports?${this.#feed.query}`,
      headers: { 'content-type': 'text/plain' },
      body: header.length === 0 ? bytes : Buffer.concat([header, bytes]),
      timeout_ms: UPLOAD_TIMEOUT_MS,
    });
    if (document?.state === 'done') return document;
    throw new UsageError(`The server took lines of ${path} but did not say that it is done with them.`);
  }

  async #account(piece: TailPiece, document: ImportDocument): Promise<void> {
    const { client, say } = this.#feed;
    this.#sent.lines += document.read;
    this.#sent.total += document.read;
    this.#tellOfWords(document);
    if (!this.#warned) for (const line of extensionLines(document)) say(line);
    this.#warned ||= document.mostly_extensions;
    if (document.rejected === 0) return;
    this.#sent.rejected += document.rejected;
    say(`${document.rejected} lines of ${piece.path} were rejected (import ${document.id}):`);
    const shown = await client
      .json<{ rejects: RejectDocument[] }>({
        method: 'GET',
        path: `/imports/${document.id}/rejects?limit=${REJECTS_SHOWN}`,
        timeout_ms: UPLOAD_TIMEOUT_MS,
      })
      .catch((error: unknown) => {
        // The lines are stored; only the display failed.
        if (error instanceof UsageError) return { rejects: [] };
        throw error;
      });
    for (const reject of shown.rejects) say(`  ${reject.reason}: ${reject.raw}`);
  }

  #tellOfWords({ unknown_words }: ImportDocument): void {
    const words = unknown_words.map(({ word }) => word).filter((word) => !this.#unknown_words.has(word));
    if (words.length === 0 || this.#unknown_words.size >= WORDS_SHOWN) return;
    for (const word of words) this.#unknown_words.add(word);
    this.#feed.say(`No table knows these result words: ${words.join(', ')}`);
    for (const line of wordsFlag(words)) this.#feed.say(line);
  }

  #tally(at_end: boolean): void {
    const now_ms = performance.now();
    if (this.#sent.lines === 0 || !(at_end || now_ms - this.#tallied_ms >= TALLY_MS)) return;
    this.#tallied_ms = now_ms;
    const { lines, rejected, total } = this.#sent;
    this.#feed.say(
      `${lines} lines sent${rejected > 0 ? `, ${rejected} of them rejected` : ''}; ${total} in all`,
    );
    this.#sent.lines = 0;
    this.#sent.rejected = 0;
  }
}

function isPassing(error: unknown): error is ServerRefusal | ServerUnreachable {
  return error instanceof ServerUnreachable || (error instanceof ServerRefusal && error.mayPass);
}

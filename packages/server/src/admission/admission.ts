import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { BodyMemory } from './body-memory.js';
import { ConnectionRoom } from './connections.js';
import { Desk } from './desk.js';
import type { Figures } from './figures.js';
import { Pace } from './pace.js';
import type { Patience } from './patience.js';
import { RecentPace } from './recent-pace.js';
import { ReplyRoom } from './replies.js';
import { oneOrWhatIsLeft, Shares } from './shares.js';
import { Watch } from './watch.js';

export interface AdmissionOptions {
  readonly upload_memory_bytes: number;
  readonly reply_memory_bytes: number;
  /** Imports under way at once. */
  readonly imports: number;
  readonly max_connections: number;
  readonly patience: Patience;
}

/**
 * Memory for bodies of callers who are known only when their body was read: some hundreds of Twilio's posts. One operation may
 * have half.
 */
const STRANGERS_BYTES = 8 * 1024 ** 2;

function ofStrangers(patience: Patience): Patience {
  const { stranger_silence_ms, stranger_total_ms } = patience;
  return { ...patience, body_silence_ms: stranger_silence_ms, body_total_ms: stranger_total_ms };
}

/**
 * Each takes a core for seconds, and a GiB at most. Of three, each operation may have one, so a third operation still finds one.
 */
const WORKBOOKS = 3;

/**
 * Learning from an operation's attempts takes a core for seconds. Two at once leave the sessions of the engine to reports, and a
 * second operation never waits for the first.
 */
const LEARNING = 2;

/** How many of one operation may wait for an import or a workbook. Each waiting import holds a connection's buffers. */
const WAITING_MAX = 16;

/** Why an import lost its place. */
export type ImportCut = 'silent' | 'slow';

/**
 * The one door. It decides who is let in, who waits, who is told to come again and who is cut, so that nobody shuts out another.
 * All rooms count by key, which is an operation; what a key does counts against that key alone.
 */
export class Admission {
  readonly patience: Patience;
  readonly bodies: BodyMemory;
  readonly bodies_of_strangers: BodyMemory;
  readonly replies: ReplyRoom;
  readonly imports: Shares;
  readonly workbooks: Shares;
  readonly learning: Shares;
  /** Requests under way, of which a connection has one (http/one-at-a-time.ts). */
  readonly requests: Shares;
  readonly connections: ConnectionRoom;
  /** The event loop, for work that an input can make long. */
  readonly desk = new Desk();
  readonly #watch: Watch;
  #imports_cut = 0;

  constructor(options: AdmissionOptions) {
    const { patience, imports, max_connections } = options;
    this.patience = patience;
    this.#watch = new Watch(patience.look_every_ms);
    this.bodies = new BodyMemory(options.upload_memory_bytes, patience, this.#watch);
    this.bodies_of_strangers = new BodyMemory(STRANGERS_BYTES, ofStrangers(patience), this.#watch);
    this.replies = new ReplyRoom(options.reply_memory_bytes, patience, this.#watch);
    const places = (total: number, waiting_max: number) =>
      new Shares({ total, share: oneOrWhatIsLeft, waiting_max });
    this.imports = places(imports, WAITING_MAX);
    this.workbooks = places(WORKBOOKS, WAITING_MAX);
    this.learning = places(LEARNING, WAITING_MAX);
    this.requests = places(max_connections, 0);
    this.connections = new ConnectionRoom(max_connections);
  }

  /**
   * Watches the sender of an import, and calls `cut` once when nothing comes though it could, or too little while others wait for
   * a place. Ends with the body.
   *
   * @returns a function that ends it
   */
  watchImport(key: string, body: Readable, socket: Socket, cut: (why: ImportCut) => void): () => void {
    const { import_silence_ms, import_recent_ms, least_bytes_per_s } = this.patience;
    const bounds = {
      silence_ms: import_silence_ms,
      grace_ms: Number.POSITIVE_INFINITY, // while nobody waits it may be as slow as a switch's calls
      total_ms: Number.POSITIVE_INFINITY,
      least_bytes_per_s: 0,
    };
    const pace = new Pace(bounds, performance.now(), 2 * this.#watch.every_ms);
    const recent = new RecentPace(import_recent_ms, least_bytes_per_s, performance.now());
    const before = socket.bytesRead;
    const end = this.#watch.add((now_ms) => {
      if (body.destroyed || body.readableEnded) {
        end();
        return;
      }
      // While bytes that came are not taken yet, the sender waits for the service: no time counts.
      const seen = [now_ms, socket.bytesRead - before, body.readableLength === 0] as const;
      const [silent, slow] = [pace.look(...seen), recent.look(...seen)];
      if (!silent && !(slow && this.imports.othersWait(key))) return;
      end();
      this.#imports_cut += 1;
      cut(silent ? 'silent' : 'slow');
    });
    return end;
  }

  figures(): Figures {
    return {
      bodies: this.bodies.figures(),
      bodies_of_strangers: this.bodies_of_strangers.figures(),
      replies: this.replies.figures(),
      imports: { ...this.imports.figures(), cut: this.#imports_cut },
      workbooks: { ...this.workbooks.figures(), cut: 0 },
      learning: { ...this.learning.figures(), cut: 0 },
      requests: { ...this.requests.figures(), cut: 0 },
      connections: this.connections.figures(),
      turns: this.desk.figures(),
    };
  }

  close(): void {
    this.#watch.stop();
  }
}

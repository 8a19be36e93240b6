import type { Socket } from 'node:net';
import { Refused } from './refused.js';
import { oneOrWhatIsLeft } from './shares.js';

/** The key of all callers who are not known yet. */
export const STRANGERS = 'strangers';

/** Strangers always have one part in so many of all connections: every caller is a stranger until the token was looked up. */
const ALWAYS_STRANGERS = 16;

interface Connection {
  key: string;
  /** Requests on it that are not answered yet. */
  under_way: number;
}

/**
 * The open connections, by the operation that they belong to. A caller who has not shown an accepted token is a stranger. Neither
 * all strangers together nor one operation may have more connections than are left free, or one. So one alone may have half, and
 * two a third each, and whoever comes next finds one. When none is free, whoever has most loses one.
 */
export class ConnectionRoom {
  readonly #max: number;
  /** The longest silent first: a connection that is heard goes to the end. */
  readonly #all = new Map<Socket, Connection>();
  readonly #counts = new Map<string, number>();
  #refused = 0;
  #cut = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** Takes in a connection that just came. Where there are too many strangers, the one that was silent for longest is closed. */
  arrived(socket: Socket): void {
    this.#all.set(socket, { key: STRANGERS, under_way: 0 });
    this.#move(STRANGERS, 1);
    socket.once('close', () => this.#left(socket));
    const most = Math.max(this.#max / ALWAYS_STRANGERS, this.#free);
    if (this.#count(STRANGERS) > most) this.#close(this.#longestSilent(STRANGERS));
    else if (this.#free < 0) this.#close(this.#longestSilent(this.#whoHasMost()));
  }

  /** A request begins on it. */
  heard(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (!connection) return;
    connection.under_way += 1;
    this.#toTheEnd(socket, connection);
  }

  /** A request on it has ended. */
  answered(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (!connection) return;
    connection.under_way -= 1;
    this.#toTheEnd(socket, connection);
  }

  /**
   * Says whose a connection is, as its request shows. Where that key has too many, its longest idle connection is closed.
   *
   * @throws Refused when a request is under way on each of them
   */
  belongsTo(socket: Socket, key: string): void {
    const connection = this.#all.get(socket);
    if (!connection || connection.key === key) return;
    if (this.#count(key) + 1 > oneOrWhatIsLeft(this.#free)) {
      const idle = this.#longestIdle(key);
      if (!idle) {
        this.#refused += 1;
        throw new Refused('too many connections');
      }
      this.#close(idle);
    }
    this.#move(connection.key, -1);
    connection.key = key;
    this.#move(key, 1);
  }

  /** Closes the connections on which nothing is under way, also those that never sent anything. */
  closeIdle(): void {
    for (const [socket, { under_way }] of this.#all) if (under_way === 0) socket.destroy();
  }

  figures() {
    return {
      limit: this.#max,
      held: this.#all.size,
      waiting: 0,
      refused: this.#refused,
      cut: this.#cut,
    };
  }

  get #free(): number {
    return this.#max - this.#all.size;
  }

  #whoHasMost(): string {
    let most = STRANGERS;
    for (const [key, count] of this.#counts) if (count > this.#count(most)) most = key;
    return most;
  }

  /**
   * For an operation, an idle connection if there is one. For strangers, the connection that was silent for longest, also in the
   * middle of a request: a caller who has just come, and is about to show a token, is idle too.
   */
  #longestSilent(key: string): Socket | undefined {
    const idle = key === STRANGERS ? undefined : this.#longestIdle(key);
    return idle ?? this.#first((connection) => connection.key === key);
  }

  #longestIdle(key: string): Socket | undefined {
    return this.#first((connection) => connection.key === key && connection.under_way === 0);
  }

  #first(is: (connection: Connection) => boolean): Socket | undefined {
    for (const [socket, connection] of this.#all) if (is(connection)) return socket;
    return undefined;
  }

  #close(socket: Socket | undefined): void {
    if (!socket) return;
    this.#cut += 1;
    this.#left(socket);
    socket.destroy();
  }

  #left(socket: Socket): void {
    const connection = this.#all.get(socket);
    if (!connection) return;
    this.#all.delete(socket);
    this.#move(connection.key, -1);
  }

  #toTheEnd(socket: Socket, connection: Connection): void {
    this.#all.delete(socket);
    this.#all.set(socket, connection);
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #move(key: string, by: number): void {
    const count = this.#count(key) + by;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
  }
}

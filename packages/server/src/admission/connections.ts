import type { Socket } from 'node:net';
import { Refused } from './refused.js';

/** Everybody of whom it is not known who he is. */
export const STRANGERS = 'strangers';

interface Connection {
  key: string;
  /** Requests on it that are not answered yet. */
  under_way: number;
}

/**
 * The connections there are, by whom they belong to: who has not shown a token that was accepted is a stranger. Neither
 * all strangers together nor one operation may have more than half of them.
 */
export class ConnectionRoom {
  readonly #max: number;
  /** The longest silent first: who is heard goes to the end. */
  readonly #all = new Map<Socket, Connection>();
  readonly #counts = new Map<string, number>();
  #refused = 0;
  #cut = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** One that just came. Where there are too many strangers, the one that was silent for longest is closed. */
  arrived(socket: Socket): void {
    const too_many = this.#all.size >= this.#max || this.#count(STRANGERS) >= this.#max / 2;
    this.#all.set(socket, { key: STRANGERS, under_way: 0 });
    this.#move(STRANGERS, 1);
    socket.once('close', () => this.#left(socket));
    if (too_many) this.#close(this.#longestSilent(STRANGERS, false));
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
   * Whose it is, as its request shows. Where that key has too many, the one on which nothing is under way for longest is
   * closed.
   *
   * @throws Refused when something is under way on each of them
   */
  belongsTo(socket: Socket, key: string): void {
    const connection = this.#all.get(socket);
    if (!connection || connection.key === key) return;
    if (this.#count(key) >= this.#max / 2) {
      const idle = this.#longestSilent(key, true);
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

  /** Closes those on which nothing is under way, those included that never sent anything. */
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

  #longestSilent(key: string, idle: boolean): Socket | undefined {
    for (const [socket, connection] of this.#all) {
      if (connection.key === key && !(idle && connection.under_way > 0)) return socket;
    }
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

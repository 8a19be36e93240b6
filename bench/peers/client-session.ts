import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * A database's own command-line client, kept running: statements go in, lines come out. What a client is told to print
 * last tells where an answer ends.
 */
export class ClientSession {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: Interface;
  #errors = '';

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-4_000);
    });
    this.#lines = createInterface({ input: this.#child.stdout });
  }

  /**
   * Sends `text` and resolves with the lines that `keep` wants, up to the line `end`.
   *
   * @throws Error with what the client said when it ended first: it is started so that it stops at an error
   */
  ask(text: string, end: string, keep: (line: string) => boolean): Promise<string[]> {
    return new Promise((resolve, reject) => {
      const kept: string[] = [];
      const take = (line: string) => {
        if (line === end) {
          finish();
          resolve(kept);
        } else if (keep(line)) kept.push(line);
      };
      const fail = () => {
        finish();
        reject(new Error(`${this.#child.spawnfile} ended: ${this.#errors}`));
      };
      const finish = () => {
        this.#lines.off('line', take);
        this.#child.off('close', fail);
      };
      this.#lines.on('line', take);
      this.#child.on('close', fail);
      this.#child.stdin.write(text);
    });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }
}

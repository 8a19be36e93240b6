import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A bare HTTP server of these bodies. */
export class BareProcess {
  /** Where each of the bodies is. */
  readonly urls: readonly string[];
  readonly #child: ChildProcess;

  private constructor(urls: readonly string[], child: ChildProcess) {
    this.urls = urls;
    this.#child = child;
  }

  static async start(bodies: readonly Buffer[]): Promise<BareProcess> {
    const directory = await mkdtemp(join(tmpdir(), 'recuento-bench-bare-'));
    try {
      const paths = bodies.map((_, at) => join(directory, String(at)));
      for (const [at, path] of paths.entries()) await writeFile(path, bodies[at] ?? '');
      const child = fork(new URL('./bare-server.ts', import.meta.url), paths);
      const [address]: AddressInfo[] = await once(child, 'message');
      const urls = bodies.map((_, at) => `http://127.0.0.1:${address?.port}/${at + 1}`);
      return new BareProcess(urls, child);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  stop(): void {
    this.#child.kill();
  }
}

/** The body of a report, as it is. */
export async function bodyAt(url: string, token: string): Promise<Buffer> {
  const reply = await fetch(url, { headers: { 'wolkvox-token': token, 'accept-encoding': 'identity' } });
  if (reply.status !== 200) throw new Error(`status ${reply.status}: ${await reply.text()}`);
  return Buffer.from(await reply.arrayBuffer());
}

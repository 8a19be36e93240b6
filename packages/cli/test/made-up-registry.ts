import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A package as its registry tells of it: what npm chooses by. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [field: string]: unknown;
}

/** A registry on this machine, so that npm can be asked what it brings to machines that nobody has at hand. */
export class MadeUpRegistry {
  readonly #server: Server;
  readonly #scratch: string;
  /** Packages whose files were asked for, in order. */
  readonly brought: string[] = [];

  private constructor(server: Server, scratch: string) {
    this.#server = server;
    this.#scratch = scratch;
  }

  /** Serves packages that hold their manifest and nothing else. */
  static async start(manifests: readonly Manifest[]): Promise<MadeUpRegistry> {
    const scratch = await mkdtemp(join(tmpdir(), 'recuento-registry-'));
    const server = createServer();
    const registry = new MadeUpRegistry(server, scratch);
    const tarballs = new Map<string, Buffer>();
    for (const manifest of manifests) tarballs.set(manifest.name, await tarballOf(manifest, scratch));
    server.on('request', ({ url = '/' }, response) => {
      const [name = '', file] = decodeURIComponent(url).slice(1).split('/-/');
      const manifest = manifests.find((one) => one.name === name);
      if (!manifest) return response.writeHead(404).end('{}');
      if (file === undefined) return response.end(JSON.stringify(registry.#document(manifest)));
      registry.brought.push(name);
      return response.end(tarballs.get(name));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return registry;
  }

  get url(): string {
    const address = this.#server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await rm(this.#scratch, { recursive: true, force: true });
  }

  #document(manifest: Manifest): object {
    const { name, version } = manifest;
    const dist = { tarball: `${this.url}${name}/-/${version}.tgz` };
    return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
  }
}

async function tarballOf(manifest: Manifest, scratch: string): Promise<Buffer> {
  const directory = join(scratch, manifest.name);
  await mkdir(join(directory, 'package'), { recursive: true });
  await writeFile(join(directory, 'package/package.json'), JSON.stringify(manifest));
  await run('tar', ['-czf', join(directory, 'package.tgz'), '-C', directory, 'package']);
  return readFile(join(directory, 'package.tgz'));
}

import { type ChildProcessByStdio, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DocumentedPage, withInstead } from './documented-page.js';
import { toolPath } from './tools.js';

export const PROXIES = ['nginx', 'caddy'] as const;
export type ProxyName = (typeof PROXIES)[number];

/** What the page calls the service. */
export const PUBLIC_HOST = 'recuento.example.com';

/** What the page has, its host included; ports and places are those of a test. */
const PAGE = new DocumentedPage('docs/guide/moving.md');
const SERVICE = '127.0.0.1:8080';

interface Setting {
  readonly args: readonly string[];
  /** The certificate that a caller trusts. */
  readonly ca_path: string;
}

const SETTINGS: Readonly<
  Record<ProxyName, (place: string, port: number, service: string) => Promise<Setting>>
> = {
  /** Debian's own file around it has `include /etc/nginx/conf.d/*.conf` in its `http` block. */
  nginx: async (place, port, service) => {
    const [certificate, key] = [join(place, 'cert.pem'), join(place, 'key.pem')];
    const subject = ['-subj', `/CN=${PUBLIC_HOST}`, '-addext', `subjectAltName=DNS:${PUBLIC_HOST}`];
    const kind = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync(toolPath('openssl') ?? '', [...kind, ...subject, '-keyout', key, '-out', certificate], {
      stdio: 'ignore',
    });
    const written = withInstead(PAGE.block('nginx'), {
      'listen 443 ssl': `listen 127.0.0.1:${port} ssl`,
      [SERVICE]: service,
      [`/etc/letsencrypt/live/${PUBLIC_HOST}/fullchain.pem`]: certificate,
      [`/etc/letsencrypt/live/${PUBLIC_HOST}/privkey.pem`]: key,
    });
    writeFileSync(join(place, 'recuento.conf'), written);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${place}/${name};`,
    );
    const around = `daemon off; master_process off; pid ${place}/pid; error_log stderr; events {}
      http { access_log off; ${temporary.join(' ')} include ${place}/recuento.conf; }`;
    writeFileSync(join(place, 'nginx.conf'), around);
    return { args: ['-p', place, '-e', 'stderr', '-c', join(place, 'nginx.conf')], ca_path: certificate };
  },
  /** A certificate of its own making, as no public name leads here. */
  caddy: async (place, port, service) => {
    const globals = `{
      admin off
      auto_https disable_redirects
      local_certs
      skip_install_trust
      default_bind 127.0.0.1
      https_port ${port}
      http_port ${await freePort()}
      storage file_system ${place}
    }\n`;
    const written = withInstead(PAGE.block('caddyfile'), { [SERVICE]: service });
    writeFileSync(join(place, 'Caddyfile'), globals + written);
    return {
      args: ['run', '--adapter', 'caddyfile', '--config', join(place, 'Caddyfile')],
      ca_path: join(place, 'pki/authorities/local/root.crt'),
    };
  },
};

type Child = ChildProcessByStdio<null, null, Readable>;

/** None may outlive the tests, however they end. */
const alive = new Set<Child>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** A reverse proxy as the page has it, in a process and a place of its own. */
export class ReverseProxy {
  readonly name: ProxyName;
  readonly #child: Child;
  readonly #place: string;
  readonly #port: number;
  readonly #ca_path: string;
  #output = '';

  private constructor(name: ProxyName, place: string, port: number, { args, ca_path }: Setting) {
    this.name = name;
    this.#place = place;
    this.#port = port;
    this.#ca_path = ca_path;
    const env = { ...process.env, HOME: place, XDG_DATA_HOME: place, XDG_CONFIG_HOME: place };
    this.#child = spawn(toolPath(name) ?? name, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
    alive.add(this.#child);
    this.#child.once('exit', () => alive.delete(this.#child));
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#output += chunk.toString();
    });
  }

  /** Resolves when it passes requests on. @param service_url where the service listens */
  static async start(name: ProxyName, service_url: string): Promise<ReverseProxy> {
    const place = mkdtempSync(join(tmpdir(), `recuento-${name}-`));
    const port = await freePort();
    const setting = await SETTINGS[name](place, port, new URL(service_url).host);
    const proxy = new ReverseProxy(name, place, port, setting);
    try {
      await proxy.#ready();
    } catch (error) {
      await proxy.stop();
      throw error;
    }
    return proxy;
  }

  /** A request that its caller writes, as from outside: by the public name, and trusting the one certificate. */
  open(path: string, options: RequestOptions = {}): ClientRequest {
    const { headers, ...more } = options;
    const opened = request({
      host: '127.0.0.1',
      port: this.#port,
      path,
      servername: PUBLIC_HOST,
      ca: readFileSync(this.#ca_path),
      headers: { host: PUBLIC_HOST, ...headers },
      agent: false,
      ...more,
    });
    opened.on('error', () => undefined); // whoever waits for it is told by `replyTo`
    return opened;
  }

  /** A whole exchange. */
  async ask(path: string, headers: RequestOptions['headers'] = {}, body?: Uint8Array): Promise<WholeReply> {
    const asking = this.open(path, { headers, method: body ? 'POST' : 'GET' });
    asking.end(body);
    return whole(await replyTo(asking));
  }

  async stop(): Promise<void> {
    if (alive.has(this.#child)) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL'); // one process each, that nobody waits for
      await ended;
    }
    rmSync(this.#place, { recursive: true, force: true });
  }

  async #ready(): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (this.#child.exitCode !== null) break;
      const reply = await this.ask('/healthz').catch(() => undefined);
      if (reply?.status === 200) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${this.name} does not pass requests on: ${this.#output}`);
  }
}

export interface WholeReply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** @throws what the socket throws when there is none */
export async function replyTo(asking: ClientRequest): Promise<IncomingMessage> {
  const [reply] = (await once(asking, 'response')) as [IncomingMessage];
  return reply;
}

export async function whole(reply: IncomingMessage): Promise<WholeReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk);
  return { status: reply.statusCode ?? 0, headers: reply.headers, body: Buffer.concat(chunks).toString() };
}

/** One that was free just now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

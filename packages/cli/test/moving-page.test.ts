import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial } from '../../client/test/dials.js';
import { DocumentedServer, TOKEN } from '../../client/test/documented-server.js';
import { DocumentedPage, withInstead } from '../../server/test/documented-page.js';
import { ADMIN_TOKEN, attempt, TestService } from '../../server/test/harness.js';

/** The commands of the page on moving, by a real shell, in their order: from the vendor's server, as its page has it, to ours. */
const run = promisify(execFile);
const LAUNCHER = fileURLToPath(new URL('../bin/recuento.js', import.meta.url));

const PAGE = new DocumentedPage('docs/guide/moving.md');

/** Dials of two days; the second is one that our side has otherwise. */
const DIALS = ['20261103120000', '20261104120000'].map((at) => dial({ campaign: 1001, at, result: 'busy' }));

let theirs: DocumentedServer;
let scratch: string;
beforeAll(async () => {
  theirs = await DocumentedServer.start(DIALS, { code: 'string' });
  scratch = mkdtempSync(join(tmpdir(), 'recuento-moving-'));
});
afterAll(async () => {
  await theirs.stop();
  rmSync(scratch, { recursive: true, force: true });
});

test('what docs/guide/moving.md says works', async () => {
  const ours = await TestService.start();
  try {
    const [create = '', look = '', code = '', as_text = '', more_rows = '', pull = '', verify = '', ...rest] =
      PAGE.blocks('sh');
    expect(rest).toEqual([]);
    const env = {
      ...process.env,
      TMPDIR: scratch,
      ADMIN: ADMIN_TOKEN,
      THEIR_TOKEN: TOKEN,
      RECUENTO_TOKEN: '',
    };
    const sh = async (block: string, ...hosts: readonly string[]) => {
      const places: Record<string, string> = {
        'http://127.0.0.1:8080': ours.service.url,
        'https://recuento.example.com': ours.service.url,
        'https://wv0042.wolkvox.com': theirs.url,
        'npx recuento': `${process.execPath} ${LAUNCHER}`,
      };
      const script = withInstead(
        block,
        Object.fromEntries(hosts.map((host) => [host, places[host] ?? host])),
      );
      return run('bash', ['-c', script], { env, cwd: scratch }).catch(
        (error: { stdout: string; code: number }) => error,
      );
    };
    const created = await sh(create, 'http://127.0.0.1:8080');
    env.RECUENTO_TOKEN = /"token":"(rct_[\w-]+)"/.exec(created.stdout)?.[1] ?? '';
    expect((await sh(look, 'https://recuento.example.com')).stdout).toContain('"PLEASE VALIDATE TOKEN"');
    expect((await sh(code, 'https://wv0042.wolkvox.com')).stdout).toBe('{"code":"200"');
    expect(JSON.parse((await sh(as_text, 'http://127.0.0.1:8080')).stdout)).toMatchObject({
      reply_profile: { code: 'string' },
    });
    expect(JSON.parse((await sh(more_rows, 'http://127.0.0.1:8080')).stdout)).toMatchObject({
      limits: { max_rows: 300_000 },
    });
    const upload = (...days: readonly string[]) =>
      ours.v1(
        'POST',
        '/attempts',
        env.RECUENTO_TOKEN,
        days.map((day) => attempt({ dialed_at: `${day}T12:00:00-05:00`, result: 'busy' })),
      );
    const both = ['https://wv0042.wolkvox.com', 'https://recuento.example.com', 'npx recuento'];
    await upload('2026-11-03');
    expect((await sh(pull, ...both)).stdout).not.toMatch(/^the same$/m);
    const changed = await sh(verify, 'https://recuento.example.com', 'npx recuento');
    expect(changed.stdout).toMatch(/^Changed: 2026-11-04\b.* had 1 rows .* has 0 /m);
    expect(changed.stdout).toContain('1 of 30 windows changed');
    expect(changed.stdout).toMatch(/^< 573001234567,2,0,0,2,0,0\r\n---\n> 573001234567,1,0,0,1,0,0\r$/m);
    await upload('2026-11-04');
    expect((await sh(pull, ...both)).stdout).toMatch(/^the same$/m);
  } finally {
    await ours.stop();
  }
});

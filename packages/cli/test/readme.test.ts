import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { ADMIN_TOKEN } from '../../server/test/harness.js';
import { SpawnedService } from '../../server/test/spawned-service.js';

/** The commands of both READMEs, run by a real shell against a real service, in the order in which they stand. */
const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const LAUNCHER = join(root, 'packages/cli/bin/recuento.js');

const scratch = mkdtempSync(join(tmpdir(), 'recuento-readme-'));
const master = join(scratch, 'Master.csv');
writeFileSync(
  master,
  '"","1000","573001234567","out","","PJSIP/1000-1","PJSIP/carrier-2","Dial","PJSIP/573001234567@carrier","2026-11-03 17:00:00",,"2026-11-03 17:00:20",20,0,"NO ANSWER","DOCUMENTATION","1793725200.1",""\n',
);

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Shell blocks of a page, without the two that install, start or test. */
function shellBlocks(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .map((block) => block[1] ?? '')
    .filter((block) => !block.includes('npm '));
}

test.each(['README.md', 'README.es.md'])('what %s says works', async (page) => {
  const service = await SpawnedService.start(join(scratch, page));
  try {
    let token = '';
    const answers: string[] = [];
    for (const block of shellBlocks(page)) {
      const script = block
        .replaceAll('http://127.0.0.1:8080', service.url)
        .replaceAll('npx recuento', `${process.execPath} ${LAUNCHER}`)
        .replaceAll('/var/log/asterisk/cdr-csv/Master.csv', master)
        .replaceAll('rct_...', token);
      const env = { ...process.env, ADMIN: ADMIN_TOKEN, RECUENTO_URL: service.url, RECUENTO_TOKEN: token };
      const { stdout } = await run('bash', ['-euc', script], { env });
      answers.push(stdout);
      token = /"token":"(rct_[\w-]+)"/.exec(stdout)?.[1] ?? token;
    }
    expect(answers).toHaveLength(4);
    expect(answers[0]).toContain('"server":"0042"');
    expect(answers[2]).toContain('"msg":"1 records were found","data":[{"telephone":"573001234567"');
    expect(answers[3]).toMatch(/^telephone .*\n573001234567 +1 /);
  } finally {
    await service.kill();
  }
});

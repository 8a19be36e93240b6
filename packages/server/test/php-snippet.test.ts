import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect } from 'vitest';
import { attempt, type TestOperation, TestService } from './harness.js';
import { testWith } from './tools.js';

/** The PHP sample of the documented page, as it is printed there: what integrators have pasted. */
const SNIPPET = `$curl = curl_init();

curl_setopt_array($curl, array(
  CURLOPT_URL => 'https://wv{{wolkvox_server}}.wolkvox.com/api/v2/reports_manager.php?api=campaign_8&campaign_id={{campaign_id}}&date_ini={{date_ini}}&date_end={{date_end}}',
  CURLOPT_RETURNTRANSFER => true,
  CURLOPT_ENCODING => '',
  CURLOPT_MAXREDIRS => 10,
  CURLOPT_TIMEOUT => 0,
  CURLOPT_FOLLOWLOCATION => true,
  CURLOPT_HTTP_VERSION => CURL_HTTP_VERSION_1_1,
  CURLOPT_CUSTOMREQUEST => 'GET',
  CURLOPT_HTTPHEADER => array(
    'wolkvox_server: {{wolkvox_server}}',
    'wolkvox-token: {{wolkvox-token}}'
  ),
));

$response = curl_exec($curl);

curl_close($curl);
echo $response;
`;

const HOST = 'https://wv{{wolkvox_server}}.wolkvox.com';

let service: TestService;
let operation: TestOperation;
let directory: string;
beforeAll(async () => {
  service = await TestService.start();
  operation = await service.operation();
  directory = await mkdtemp(join(tmpdir(), 'recuento-php-'));
});
afterAll(async () => {
  await service.stop();
  await rm(directory, { recursive: true, force: true });
});

const { toolTest: phpTest, note } = testWith('php');

phpTest(`the page's own PHP sample gets the documented reply from another host${note}`, async () => {
  await operation.upload([
    attempt({ telephone: '573001234567', result: 'no_answer' }),
    attempt({ telephone: '573001234567', result: 'busy' }),
  ]);
  expect(await run(operation.token)).toBe(
    '{"code":200,"error":null,"msg":"1 records were found","data":[{"telephone":"573001234567",' +
      '"total_machine_recognitions":"2","no_answer":"1","answer_machine":"0","busy":"1","congestion":"0","failed":"0"}]}',
  );
});

phpTest(`the PHP sample reads a reply that was compressed on the way${note}`, async () => {
  const many = Array.from({ length: 200 }, (_, i) => attempt({ campaign_id: 2, telephone: `57310${i}` }));
  await operation.upload(many);
  const reply: { msg: string; data: unknown[] } = JSON.parse(await run(operation.token, '2'));
  expect([reply.msg, reply.data.length]).toEqual(['200 records were found', 200]);
});

phpTest(`the PHP sample with an unknown token hears so in the same envelope${note}`, async () => {
  expect(await run('stranger')).toBe(
    '{"code":403,"error":"FORBIDDEN","msg":"PLEASE VALIDATE TOKEN","data":[]}',
  );
});

/** What the sample prints, the host changed and the blanks filled. */
async function run(token: string, campaign_id = '1001'): Promise<string> {
  const filled = SNIPPET.replace(HOST, service.service.url)
    .replaceAll('{{wolkvox_server}}', operation.server)
    .replaceAll('{{wolkvox-token}}', token)
    .replaceAll('{{campaign_id}}', campaign_id)
    .replaceAll('{{date_ini}}', '20261101000000')
    .replaceAll('{{date_end}}', '20261130235959');
  expect(filled).not.toMatch(/\{\{|wolkvox\.com/);
  const file = join(directory, 'sample.php');
  await writeFile(file, `<?php\n${filled}`);
  const { stdout } = await promisify(execFile)('php', [file]);
  return stdout;
}

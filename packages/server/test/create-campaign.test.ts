import { CREATED_CAMPAIGNS, MAX_CAMPAIGNS } from '@recuento/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from './catalogue.js';
import { ADMIN_TOKEN, attempt, NOVEMBER, type TestOperation, TestService } from './harness.js';
import { addRecords, postCampaign } from './uploads.js';

/** `campaign.php?api=create_campaign`: a campaign with a name, and a number of its own. */
let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

const create = (operation: TestOperation, body: unknown, more = '') =>
  postCampaign(operation, `api=create_campaign${more}`, body);

async function created(operation: TestOperation, campaign_name: string): Promise<string> {
  const { status, json } = await create(operation, { campaign_name });
  expect(status).toBe(201);
  return json.data[0]?.id_campaign ?? '';
}

async function campaignsOf({ token }: TestOperation) {
  const { campaigns } = (await (await service.v1('GET', '/campaigns', token)).json()) as {
    campaigns: { campaign_id: number; name: string | null; type: string | null }[];
  };
  return campaigns;
}

async function idOf({ server }: TestOperation): Promise<number> {
  return (await service.service.services.accounts.operations.byServer(server)).id;
}

test('is there at once, under its number and name, and after a restart; its reply is the documented one', async () => {
  const operation = await service.operation();
  // What the field sends of a campaign.
  const sent = {
    campaign_name: 'TEST "Prueba" ñ',
    campaign_description: 'se puede eliminar',
    start_time: '080000',
    end_time: '190000',
    skill_id: '12',
    enable_edition: 'no',
  };
  const { status, body } = await create(operation, sent, '&type_campaign=preview');
  expect([status, body]).toEqual([
    201,
    `{"code":"201","error":null,"msg":"The campaign has been created successfully","data":[{"id_campaign":"${CREATED_CAMPAIGNS.first}","name_campaign":"TEST \\"Prueba\\" ñ"}]}`,
  ]);
  const campaign = { campaign_id: CREATED_CAMPAIGNS.first, name: sent.campaign_name, type: 'preview' };
  expect(await campaignsOf(operation)).toEqual([campaign]);
  await service.restart();
  expect(await campaignsOf(operation)).toEqual([campaign]);
});

test('a list is loaded into it and its attempts are reported, as into any campaign', async () => {
  const operation = await service.operation();
  const id = Number(await created(operation, 'Cobros'));
  await addRecords(operation, [{ customer_id: 'A', tel1: '573001234567' }], id);
  await operation.upload([attempt({ campaign_id: id })]);
  expect((await operation.campaign8(id, ...NOVEMBER)).json.data).toMatchObject([{ no_answer: '1' }]);
  expect(await campaignsOf(operation)).toEqual([{ campaign_id: id, name: 'Cobros', type: null }]);
});

describe('number', () => {
  test('each call has one of its own, also under a name that is there', async () => {
    const operation = await service.operation();
    const ids = [await created(operation, 'Cobros'), await created(operation, 'Cobros')];
    expect(ids).toEqual([String(CREATED_CAMPAIGNS.first), String(CREATED_CAMPAIGNS.first + 1)]);
  });

  test('is none that a dialer has given out, wherever those are', async () => {
    const operation = await service.operation();
    const { first, last } = CREATED_CAMPAIGNS;
    const name = (id: number) => service.v1('PUT', `/campaigns/${id}`, operation.token, { name: 'theirs' });
    for (const id of [1, first - 1, 2 ** 32 - 1, last]) await name(id);
    expect(await created(operation, 'a')).toBe(String(first));
    for (const id of [first + 1, first + 2, last - 1]) await name(id);
    expect(await created(operation, 'b')).toBe(String(first + 3));
    await name(last - 3);
    expect(await created(operation, 'c')).toBe(String(last - 2));
    expect(await created(operation, 'd')).toBe(String(first + 4));
    const theirs = (await campaignsOf(operation)).filter((one) => one.name === 'theirs');
    expect(theirs).toHaveLength(8);
  });

  test('many that are created at once have one each', async () => {
    const operation = await service.operation({ limits: { max_simultaneous: 64 } });
    const names = Array.from({ length: 40 }, (_, i) => `campaign ${i}`);
    const ids = await Promise.all(names.map((name) => created(operation, name)));
    expect(new Set(ids).size).toBe(names.length);
    const named = new Map((await campaignsOf(operation)).map((one) => [String(one.campaign_id), one.name]));
    expect(ids.map((id) => named.get(id))).toEqual(names);
  });

  test('is of one operation: the other has the same, and does not see it', async () => {
    const [mine, other] = [await service.operation(), await service.operation()];
    expect(await created(mine, 'mine')).toBe(String(CREATED_CAMPAIGNS.first));
    expect(await campaignsOf(other)).toEqual([]);
    expect(await created(other, 'theirs')).toBe(String(CREATED_CAMPAIGNS.first));
    expect((await campaignsOf(mine)).map(({ name }) => name)).toEqual(['mine']);
  });
});

describe('name', () => {
  test.each([
    ['x'.repeat(1_024), 'x'.repeat(1_024)],
    ['😀'.repeat(1_024), '😀'.repeat(1_024)],
    ['  Cobros \n norte\t', 'Cobros   norte'],
    [7, '7'],
    ['<b>&amp;"\\', '<b>&amp;"\\'],
  ])('%j is taken', async (campaign_name, name) => {
    const operation = await service.operation();
    const { status, json } = await create(operation, [{ campaign_name }]);
    expect([status, json.data[0]?.name_campaign]).toEqual([201, name]);
    expect((await campaignsOf(operation))[0]?.name).toBe(name);
  });

  test.each([
    [{}, 'is missing'],
    [[], 'is missing'],
    [{ name: 'x' }, 'is missing'],
    [{ campaign_name: '' }, 'is missing'],
    [{ campaign_name: ' \n ' }, 'is missing'],
    [{ campaign_name: null }, 'is missing'],
    [{ campaign_name: ['x'] }, 'is neither a string nor a number'],
    [{ campaign_name: 'x'.repeat(1_025) }, 'has more than 1024 characters'],
    ['{"campaign_name":"\\ud800"}', 'has half of a surrogate pair'],
    [[7], 'is not an object'],
  ])('%j is refused, and nothing is created', async (body, reason) => {
    const operation = await service.operation();
    const reply = await create(operation, body);
    expect(entryOf(reply, [operation.token, ADMIN_TOKEN])).toBe('invalid-records');
    expect(reply.json.data).toMatchObject([{ reason }]);
    expect(await campaignsOf(operation)).toEqual([]);
  });

  test.each([
    ['[{"campaign_name":"a"},{"campaign_name":"b"}]', 'too-many-records'],
    ['campaign_name=a', 'malformed-body'],
    ['', 'malformed-body'],
    ['null', 'malformed-body'],
  ])('a body that is not one campaign is refused: %s', async (body, id) => {
    const operation = await service.operation();
    expect(entryOf(await create(operation, body))).toBe(id);
    expect(entryOf(await create(operation, { campaign_name: 'a' }, '&type_campaign=x'))).toBe(
      'bad-parameter',
    );
    expect(await campaignsOf(operation)).toEqual([]);
  });
});

test(`an operation of ${MAX_CAMPAIGNS} campaigns creates no more, and of two at once at its edge one`, async () => {
  const operation = await service.operation();
  const ids = Array.from({ length: MAX_CAMPAIGNS - 2 }, (_, i) => i + 1);
  await service.service.services.accounts.campaigns.ensure(await idOf(operation), ids);
  expect((await create(operation, { campaign_name: 'one' })).status).toBe(201);
  const [one, other] = await Promise.all(
    ['two', 'three'].map((campaign_name) => create(operation, { campaign_name })),
  );
  expect([one?.status, other?.status].sort()).toEqual([201, 403]);
  const refused = await create(operation, { campaign_name: 'four' });
  expect(entryOf(refused)).toBe('too-many-campaigns');
  expect(refused.json.msg).toContain(String(MAX_CAMPAIGNS));
  // Those of a dialer come to be all the same.
  await operation.upload([attempt({ campaign_id: 999_999 })]);
  expect(await campaignsOf(operation)).toHaveLength(MAX_CAMPAIGNS + 1);
});

test('the checks are those of every upload: token, scope, the day; a refusal of the body counts', async () => {
  const operation = await service.operation({ licences: 1, limits: { calls_per_licence: 2 } });
  const report = await operation.newToken(['report']);
  const post = async (token: string, body: unknown = { campaign_name: 'x' }) =>
    entryOf(await postCampaign(operation, 'api=create_campaign', body, { 'wolkvox-token': token }));
  expect(await post('')).toBe('token-missing');
  expect(await post('rct_no')).toBe('token-invalid');
  expect(await post(report)).toBe('scope-missing');
  expect(await post(operation.token, {})).toBe('invalid-records');
  expect(await post(operation.token)).toBe('quota-exceeded');
  expect(await campaignsOf(operation)).toEqual([]);
});

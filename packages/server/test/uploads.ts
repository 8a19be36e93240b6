import type { TestOperation } from './harness.js';

/** `POST /api/v2/campaign.php`, over a real socket. A body that is no text and no bytes is sent as JSON. */
export function postCampaign(
  operation: TestOperation,
  query: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  return callCampaign(operation, 'POST', query, body, headers);
}

/** The same with any method that takes a body. */
export async function callCampaign(
  operation: TestOperation,
  method: string,
  query: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const reply = await fetch(`${operation.test.service.url}/api/v2/campaign.php?${query}`, {
    method,
    headers: { 'wolkvox-token': operation.token, ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    body: text,
    request_id: reply.headers.get('x-request-id'),
    link: reply.headers.get('link'),
    json: JSON.parse(text) as {
      code: number | string;
      error: string | null;
      msg: string;
      data: Record<string, string>[];
    },
  };
}

/** Adds customers and expects 201. */
export async function addRecords(
  operation: TestOperation,
  customers: readonly Record<string, unknown>[],
  campaign_id = 1001,
): Promise<void> {
  const reply = await postCampaign(operation, `api=add_record&campaign_id=${campaign_id}`, customers);
  if (reply.status !== 201) throw new Error(`${reply.status} ${reply.body}`);
}

import { expectDocumented } from './documented-replies.setup.js';

/** Services in processes of their own: their replies are seen here, where this process asks them. */
const origins = new Set<string>();

const { fetch: plainFetch } = globalThis;

/** From now on replies that `fetch` gets from there are held against the OpenAPI document too. */
export function checkRepliesOf(origin: string): void {
  origins.add(origin);
  globalThis.fetch = checkedFetch;
}

async function checkedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const reply = await plainFetch(input, init);
  const { origin, pathname, search } = new URL(input instanceof Request ? input.url : input);
  if (origins.has(origin)) {
    const copy = reply.clone();
    const whole = copy.arrayBuffer().then(
      (bytes) => ({
        method: init?.method ?? 'GET',
        url: pathname + search,
        status: copy.status,
        headers: Object.fromEntries([...copy.headers].filter(([name]) => name !== 'content-encoding')),
        body: Buffer.from(bytes),
      }),
      () => undefined, // the service was killed
    );
    expectDocumented(whole);
  }
  return reply;
}

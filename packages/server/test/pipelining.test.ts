import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AHEAD_MAX } from '../src/http/one-at-a-time.js';
import { TestService } from './harness.js';

let test_service: TestService;
beforeAll(async () => {
  test_service = await TestService.start();
});
afterAll(() => test_service.stop());

const asking = (token: string, more = '') =>
  `GET /v1/usage HTTP/1.1\r\nHost: x\r\nwolkvox-token: ${token}\r\n${more}\r\n`;

/** What comes back for bytes that are sent at once, and how many tokens were looked up for it, and how many at a time. */
async function answersTo(bytes: string): Promise<{ text: string; looked_up: number; at_once: number }> {
  const { tokens } = test_service.service.services.accounts;
  const { authenticate } = tokens;
  const figures = { looked_up: 0, now: 0, at_once: 0 };
  tokens.authenticate = async (secret) => {
    figures.looked_up += 1;
    figures.now += 1;
    figures.at_once = Math.max(figures.at_once, figures.now);
    try {
      return await authenticate.call(tokens, secret);
    } finally {
      figures.now -= 1;
    }
  };
  try {
    const { hostname, port } = new URL(test_service.service.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined); // it may be reset
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.write(bytes);
    await new Promise((resolve) => socket.once('close', resolve)); // also where it is reset
    return { text: Buffer.concat(chunks).toString(), ...figures };
  } finally {
    tokens.authenticate = authenticate;
  }
}

const statuses = (text: string) =>
  [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => Number(status));

test('requests that are sent ahead are answered one after another, in their order', async () => {
  const { token } = await test_service.operation();
  const some = Array.from({ length: AHEAD_MAX }, (_, at) => asking(at % 2 === 0 ? token : 'wrong'));
  const { text, looked_up, at_once } = await answersTo(
    some.join('') + asking(token, 'Connection: close\r\n'),
  );
  const expected = Array.from({ length: AHEAD_MAX + 1 }, (_, at) => (at % 2 === 0 ? 200 : 403));
  expect(statuses(text)).toEqual(expected);
  expect({ looked_up, at_once }).toEqual({ looked_up: AHEAD_MAX + 1, at_once: 1 });
});

test.each([
  AHEAD_MAX + 2, // one is being answered
  2_000,
])('who sends too many ahead (%i at once) loses the connection, and has had one looked at', async (count) => {
  const { looked_up, text } = await answersTo(asking('wrong').repeat(count));
  expect(looked_up).toBeLessThanOrEqual(1);
  expect(statuses(text).length).toBeLessThanOrEqual(1);
  const { admission } = test_service.service.services;
  const { requests, replies, turns } = admission.figures();
  expect([requests.held, replies.held, turns.waiting]).toEqual([0, 0, 0]);
});

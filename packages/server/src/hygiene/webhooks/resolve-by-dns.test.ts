import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveByDns } from './where-to.js';

/** A DNS server that knows the names below; others do not exist. Names that end with `silent` it leaves unanswered. */
const A = 1;
const AAAA = 28;
const KNOWN: Readonly<Record<string, Readonly<Record<number, Buffer>>>> = {
  'both.example': { [A]: Buffer.from([8, 8, 8, 8]), [AAAA]: Buffer.from(`2606${'0'.repeat(24)}1111`, 'hex') },
  'old.example': { [A]: Buffer.from([127, 0, 0, 1]) },
};

let server: Socket;
let servers: readonly string[];
beforeAll(async () => {
  server = createSocket('udp4', (question, from) => {
    const answer = answerTo(question);
    if (answer) server.send(answer, from.port, from.address);
  }).bind(0, '127.0.0.1');
  await once(server, 'listening');
  servers = [`127.0.0.1:${server.address().port}`];
});
afterAll(() => {
  server.close();
});

test('finds the addresses of both kinds, where a name has them', async () => {
  expect(await resolveByDns('both.example', servers)).toEqual(['8.8.8.8', '2606::1111']);
  expect(await resolveByDns('old.example', servers)).toEqual(['127.0.0.1']);
});

test('finds none where there is no such name, and where nobody answers', async () => {
  expect(await resolveByDns('none.example', servers)).toEqual([]);
  expect(await resolveByDns('silent', servers)).toEqual([]);
});

/** RFC 1035, section 4. @returns undefined: none */
function answerTo(question: Buffer): Buffer | undefined {
  const labels: string[] = [];
  let at = 12;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.subarray(at + 1, at + 1 + length).toString());
    at += 1 + length;
  }
  const name = labels.join('.').toLowerCase();
  if (name.endsWith('silent')) return undefined;
  const type = question.readUInt16BE(at + 1);
  const asked = question.subarray(12, at + 5);
  const data = KNOWN[name]?.[type];
  const head = Buffer.alloc(12);
  question.copy(head, 0, 0, 2);
  head.writeUInt16BE(name in KNOWN ? 0x8180 : 0x8183, 2); // an answer, or: no such name
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data ? 1 : 0, 6);
  if (!data) return Buffer.concat([head, asked]);
  const record = Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]);
  return Buffer.concat([head, asked, record, data]);
}

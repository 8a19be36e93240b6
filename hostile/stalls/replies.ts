import { reportPath, tablePath } from '../../packages/server/test/neighbours/questions.js';
import { head, keep, type Stall, tokenOf } from './stall.js';

/** Asks, and reads nothing of it. */
function unread(name: string, count: number, paths: readonly string[]): Stall {
  return {
    name,
    begin: (victim) =>
      keep(count, victim, (socket, at) => {
        socket.pause();
        socket.write(head('GET', paths[at % paths.length] ?? '/', tokenOf(victim, at)));
      }),
  };
}

const wrong = Buffer.from(
  JSON.stringify(Array.from({ length: 10_000 }, () => ({ a: 1, b: 2, c: 3, telephone: [] }))),
);

/** Replies that are asked for and not read; connections that ask for nothing. */
export const REPLY_STALLS: readonly Stall[] = [
  unread('44 pages of /v1/machine-codes, not read', 44, [
    tablePath('machine-codes', 'json', { limit: '60000' }),
  ]),
  unread('24 reports, not read', 24, [reportPath('campaign_3', 'all'), reportPath('campaign_8', 'all', '')]),
  unread('16 streams, not read', 16, [
    tablePath('machine-codes', 'csv'),
    tablePath('machine-codes', 'ndjson'),
  ]),
  unread('12 workbooks', 12, [tablePath('machine-codes', 'xlsx')]),
  {
    name: '64 refusals of uploads, not read',
    begin: (victim) =>
      keep(64, victim, (socket, at) => {
        socket.pause();
        const more = ['Content-Type: application/json', `Content-Length: ${wrong.length}`];
        socket.write(head('POST', '/v1/attempts', tokenOf(victim, at), ...more));
        socket.write(wrong);
      }),
  },
  {
    name: '2,000 connections that send nothing',
    by_strangers: true,
    begin: (victim) => keep(2_000, victim, () => undefined),
  },
  {
    name: '1,000 connections with half a head',
    by_strangers: true,
    begin: (victim) =>
      keep(1_000, victim, (socket) => {
        socket.write('GET /v1/usage HTTP/1.1\r\nHost: recuento.test\r\nX-Half: ');
      }),
  },
];

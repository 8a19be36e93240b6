import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { dribble, head, keep, type Stall, tokenOf } from './stall.js';

const MIB = 1024 ** 2;
const JSON_TYPE = 'Content-Type: application/json';
const LARGEST = `Content-Length: ${32 * MIB}`;
const CSV = `/v1/imports?format=csv&campaign_id=1001&time_zone=UTC&map=${encodeURIComponent('telephone=a,dialed_at=b,result=c')}`;
const UPLOADS = [
  '/v1/attempts',
  '/api/v2/campaign.php?api=add_dnc',
  '/api/v2/campaign.php?api=add_record&campaign_id=1001',
];
const uploadAt = (at: number) => UPLOADS[at % UPLOADS.length] ?? '/v1/attempts';

/** What a token that may only read may not: uploads, and calls that need some hundred bytes. */
const FORBIDDEN = [...UPLOADS, '/v1/tokens', '/v1/operations', '/v1/hooks/freeswitch?campaign_id=1001'];
const forbiddenAt = (at: number) => FORBIDDEN[at % FORBIDDEN.length] ?? '/v1/tokens';

/** Of nothing that could be compressed. */
const half = gzipSync(randomBytes(2 * MIB)).subarray(0, MIB);
const blanks = Buffer.alloc(31 * MIB, ' ');
/** Some lines, and one that does not end. */
const lines = Buffer.concat([Buffer.alloc(MIB / 4, 'x,y,z\n'), Buffer.alloc(16 * MIB, 'x')]);
const post = Buffer.alloc(900 * 1_024, 'a=1&');

/** As much as is taken of somebody whose signature is not known to be right. */
const STRANGER_BYTES = 64 * 1_024;

/** Bodies that are declared, begun and not sent. */
export const BODY_STALLS: readonly Stall[] = [
  {
    name: '48 bodies: 32 MiB declared, one byte sent',
    begin: (victim) =>
      keep(48, victim, (socket, at) => {
        socket.write(`${head('POST', uploadAt(at), tokenOf(victim, at), JSON_TYPE, LARGEST)}[`);
      }),
  },
  {
    name: '48 bodies: a byte a second',
    begin: (victim) =>
      keep(48, victim, (socket, at) => {
        socket.write(head('POST', uploadAt(at), tokenOf(victim, at), JSON_TYPE, LARGEST));
        dribble(socket, '[ \n');
      }),
  },
  {
    name: '48 bodies: half of a gzip stream',
    begin: (victim) =>
      keep(48, victim, (socket, at) => {
        const more = [JSON_TYPE, 'Content-Encoding: gzip', `Content-Length: ${2 * MIB}`];
        socket.write(head('POST', uploadAt(at), tokenOf(victim, at), ...more));
        socket.write(half);
      }),
  },
  {
    name: '3,000 connections of the operation, a body begun on each',
    is_beyond_share: true,
    begin: (victim) =>
      keep(3_000, victim, (socket, at) => {
        socket.write(`${head('POST', uploadAt(at), tokenOf(victim, at), JSON_TYPE, 'Content-Length: 100')}[`);
      }),
  },
  {
    name: '24 bodies: 31 of 32 MiB sent',
    begin: (victim) =>
      keep(24, victim, (socket, at) => {
        socket.write(head('POST', uploadAt(at), tokenOf(victim, at), JSON_TYPE, LARGEST));
        socket.write(blanks);
      }),
  },
  {
    name: '60 bodies of 31 MiB with a token that may only read',
    begin: (victim) =>
      keep(60, victim, (socket, at) => {
        socket.write(head('POST', forbiddenAt(at), victim.report_token, JSON_TYPE, LARGEST));
        socket.write(blanks);
      }),
  },
  {
    name: '48 imports: 16 MiB sent, and no more',
    begin: (victim) =>
      keep(48, victim, (socket, at) => {
        socket.write(
          head('POST', CSV, tokenOf(victim, at), 'Content-Type: text/csv', `Content-Length: ${512 * MIB}`),
        );
        socket.write('a,b,c\n');
        socket.write(lines);
      }),
  },
  {
    name: '1,500 posts to the hook of Twilio by nobody',
    by_strangers: true,
    begin: (victim) =>
      keep(1_500, victim, (socket) => {
        const path = '/v1/hooks/twilio?operation=neighbourB&campaign_id=1001';
        const form = 'Content-Type: application/x-www-form-urlencoded';
        // Well formed, and wrong: that shows only when the body is there.
        const signature = `X-Twilio-Signature: ${'A'.repeat(27)}=`;
        socket.write(head('POST', path, '', form, signature, `Content-Length: ${STRANGER_BYTES}`));
        socket.write(post.subarray(0, STRANGER_BYTES - 1));
      }),
  },
  {
    name: '300 posts to the hook of FreeSWITCH, half sent',
    begin: (victim) =>
      keep(300, victim, (socket, at) => {
        const path = '/v1/hooks/freeswitch?campaign_id=1001';
        socket.write(head('POST', path, tokenOf(victim, at), JSON_TYPE, `Content-Length: ${MIB}`));
        socket.write(post);
      }),
  },
];

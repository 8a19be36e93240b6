import { createReadStream } from 'node:fs';
import { request } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Streams a file to a URL and prints the reply: a client of its own, off the service's event loop. */
const [url = '', token = '', path = ''] = process.argv.slice(2);
const upload = request(url, {
  method: 'POST',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
});
const replied = new Promise<void>((resolve, reject) => {
  upload.on('response', (reply) => {
    reply.setEncoding('utf8').on('data', (chunk: string) => process.stdout.write(chunk));
    reply.on('end', () =>
      reply.statusCode === 202 ? resolve() : reject(new Error(`status ${reply.statusCode}`)),
    );
  });
  upload.on('error', reject);
});
await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), upload);
await replied;

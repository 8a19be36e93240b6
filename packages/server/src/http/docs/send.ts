import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compressFor } from '../compress.js';
import { matchesEtag } from '../etag.js';
import { readerOf } from '../language.js';
import { type Page, renderPage } from './page.js';

/** Sends a page in the language of its reader. */
export function sendPage(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply> {
  const reader = readerOf(request);
  reply.header('Content-Language', reader.language).header('Vary', 'Accept-Language, Accept-Encoding');
  return sendText(request, reply.type('text/html; charset=utf-8'), renderPage(page, reader));
}

/** Sends a file of ours that is the same in every language. */
export function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): Promise<FastifyReply> {
  return sendText(request, reply.header('Vary', 'Accept-Encoding').type(asset.type), asset.text);
}

export interface Asset {
  readonly type: string;
  readonly text: string;
}

/**
 * Sends a page or a file. A browser may keep it but must ask before it uses it again: so an upgrade shows at once, and an
 * unchanged page costs a 304. The validator is weak, because compression changes the bytes but not what they say.
 */
export async function sendText(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
): Promise<FastifyReply> {
  const bytes = Buffer.from(text);
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  reply.header('ETag', etag).header('Cache-Control', 'no-cache');
  if (matchesEtag(request.headers['if-none-match'], etag)) return reply.code(304).send();
  const { parts, encoding } = await compressFor(request.headers['accept-encoding'], [bytes]);
  if (encoding) reply.header('Content-Encoding', encoding);
  return reply.send(Buffer.concat(parts));
}

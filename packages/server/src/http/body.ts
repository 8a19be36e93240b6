import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { type FieldFault, MAX_BODY_BYTES, RecuentoError } from '@recuento/contract';
import type { z } from 'zod';
import type { BodyTicket } from '../admission/bodies.js';

const gunzipAsync = promisify(gunzip);

/**
 * The body of a request, whole, weighed by `ticket` as it comes: while there is no room it is left unread. What comes in
 * behind its limit is read and thrown away, or the sender, who is not done sending, would not see the reply.
 *
 * @throws RecuentoError body-too-large, body-too-slow
 * @throws Refused when there was no room in time
 */
export async function readWhole(
  body: Readable,
  limit_bytes: number,
  ticket: BodyTicket,
  socket: Socket,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  const { late, end } = lateness(body, ticket, socket);
  const chunks: AsyncIterator<Buffer> = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await Promise.race([chunks.next(), late]);
      if (next.done) return Buffer.concat(parts);
      bytes += next.value.length;
      if (bytes > limit_bytes) throw new RecuentoError('body-too-large', { values: { limit: limit_bytes } });
      await ticket.grow(next.value.length);
      parts.push(next.value);
    }
  } finally {
    end();
    // Not awaited: of a body that is late the next piece is still asked for.
    chunks.return?.().catch(() => undefined);
    body.resume();
  }
}

/** Rejects when the sender of a body is too slow. */
function lateness(body: Readable, ticket: BodyTicket, socket: Socket) {
  let end = () => {};
  const late = new Promise<never>((_resolve, reject) => {
    end = ticket.watch(body, socket, () => reject(new RecuentoError('body-too-slow')));
  });
  late.catch(() => undefined); // it may come when nobody races it: then the body waits for room
  return { late, end };
}

/**
 * A body as text: decompressed where the request says so, and valid UTF-8.
 *
 * @param encoding the request's Content-Encoding
 * @param grow is awaited for the bytes that come out of a compressed body
 * @throws RecuentoError malformed-body, body-too-large, unsupported-media-type
 */
export async function textOf(
  body: Buffer,
  encoding: string | undefined,
  grow: (bytes: number) => Promise<void>,
): Promise<string> {
  if (body.length === 0) throw malformedBody('IT IS EMPTY');
  const bytes = await decompress(body, encoding);
  if (bytes !== body) await grow(bytes.length);
  return decodeUtf8(bytes);
}

/** @throws RecuentoError malformed-body */
export function parseJson(text: string, reason: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformedBody(reason, error);
  }
}

/** @throws RecuentoError malformed-body */
export function parseJsonArray(text: string): unknown[] {
  const value = parseJson(text, 'IT IS NOT JSON');
  if (Array.isArray(value)) return value;
  throw malformedBody('IT IS NOT A JSON ARRAY');
}

export function malformedBody(reason: string, cause?: unknown): RecuentoError {
  return new RecuentoError('malformed-body', { values: { reason }, cause });
}

/** Unknown fields of one record that are listed by name; a body can hold millions of them. */
const UNKNOWN_LISTED = 32;

/** What is wrong, field by field; `index` says in which record of a list. */
export function faultsOf(error: z.ZodError, index?: number): FieldFault[] {
  const at = index === undefined ? {} : { index };
  const faults: FieldFault[] = [];
  const add = (field: string, reason: string) => {
    // One field can miss two bounds that are told in the same words.
    if (!faults.some((fault) => fault.field === field && fault.reason === reason))
      faults.push({ ...at, field, reason });
  };
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys.slice(0, UNKNOWN_LISTED)) add(printable(key), issue.message);
      const more = issue.keys.length - UNKNOWN_LISTED;
      if (more > 0) add('…', `and ${more} more: ${issue.message}`);
    } else add(issue.path.join('.'), issue.message);
  }
  return faults;
}

/** A field name comes from the caller: long ones are cut before they are sent back. */
function printable(field: string): string {
  return field.length > 64 ? `${field.slice(0, 64)}…` : field;
}

async function decompress(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  switch ((encoding ?? 'identity').trim().toLowerCase()) {
    case 'identity':
      return body;
    case 'gzip':
    case 'x-gzip':
      try {
        return await gunzipAsync(body, { maxOutputLength: MAX_BODY_BYTES });
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ERR_BUFFER_TOO_LARGE') {
          throw new RecuentoError('body-too-large', { values: { limit: MAX_BODY_BYTES } });
        }
        throw malformedBody('ITS GZIP STREAM IS BROKEN', error);
      }
    default:
      throw new RecuentoError('unsupported-media-type', {
        values: { accepted: 'Content-Encoding gzip, or none' },
      });
  }
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw malformedBody('IT IS NOT UTF-8', error);
  }
}

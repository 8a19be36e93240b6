import { Socket } from 'node:net';
import { PassThrough, type Readable } from 'node:stream';
import { type ImportDocument, listQuery, RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ImportJob } from '../../accounts/imports.js';
import type { ImportCut } from '../../admission/admission.js';
import { ImportStopped } from '../../imports/running/import-run.js';
import type { ImportRunner } from '../../imports/running/runner.js';
import type { TakeBacks } from '../../imports/running/take-backs.js';
import { keyOf } from '../door.js';
import { CallerGone, storeFailure } from '../errors.js';
import { hangUpSignal } from '../hang-up.js';
import { addPath, type Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { importParameters } from './import-parameters.js';
import type { NativeCalls } from './native-calls.js';
import { rejectsPath } from './rejects-path.js';

/**
 * `/v1/imports`: imports whole files, and reports on imports. The bodies may have any size: they are streams, and the
 * limit of other bodies does not apply.
 */
export function importRoutes(
  services: Services,
  calls: NativeCalls,
  runner: ImportRunner,
  take_backs: TakeBacks,
) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, body, done) => done(null, body));
    app.addHook('preClose', async () => runner.interrupt());
    app.addHook('onReady', async () => {
      await take_backs.resume();
      services.accounts.nodes.whenTakenOver('taking imports back', () => take_backs.resume());
    });
    app.addHook('onClose', async () => {
      await runner.settled();
      await take_backs.close();
    });
    addPath(app, '/imports', importsPath(services, calls, runner));
    addPath(app, '/imports/:id', importPath(services, calls, take_backs));
    addPath(app, '/imports/:id/rejects', rejectsPath(services, calls));
  };
}

function importsPath(services: Services, calls: NativeCalls, runner: ImportRunner): Handlers {
  const { admission } = services;
  return {
    GET: calls.ofOperation(['report', 'ingest', 'admin'], async ({ request, operation }) => {
      const { cursor, limit } = readQuery(listQuery, request.query);
      const jobs = await services.accounts.imports.list(operation.id, cursor, limit + 1);
      const page = jobs.slice(0, limit);
      return {
        imports: page.map(shown),
        next_cursor: jobs.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    }),
    POST: calls.ofOperation(
      ['ingest'],
      async ({ request, reply, operation }) => {
        const asked = { operation, ...importParameters(request, services) };
        const place = admission.imports.open(keyOf(request));
        try {
          await place.grow(1, { wait_ms: admission.patience.room_ms, signal: hangUpSignal(reply) });
          const job = await finished(runner.run({ ...asked, body: watchedBody(services, request, reply) }));
          return reply.code(202).header('Location', `/v1/imports/${job.id}`).send(shown(job));
        } finally {
          place.release();
        }
      },
      {
        body_max_bytes: Number.POSITIVE_INFINITY,
        takes_rows: true,
        settle: (request) => importParameters(request, services),
      },
    ),
  };
}

function importPath(services: Services, calls: NativeCalls, take_backs: TakeBacks): Handlers {
  return {
    GET: calls.ofOperation(['report', 'ingest', 'admin'], async ({ request, operation }) => {
      const { id } = request.params as { id: string };
      return shown(await services.accounts.imports.get(operation.id, id));
    }),
    DELETE: calls.ofOperation(['ingest', 'admin'], async ({ request, reply, operation, caller }) => {
      const { id } = request.params as { id: string };
      const by = caller.kind === 'administrator' ? 'admin' : caller.token.id;
      return reply.code(202).send(shown(await take_backs.begin(operation.id, id, by)));
    }),
  };
}

const CUT_BECAUSE: Readonly<Record<ImportCut, string>> = {
  silent: 'no bytes of the file came for too long',
  slow: 'the file came too slowly while others waited for its place',
};

/**
 * The file as it comes. If too little comes of it for too long, the stream is broken off; the connection stays for the
 * reply.
 *
 * @throws CallerGone
 */
function watchedBody({ admission }: Services, request: FastifyRequest, reply: FastifyReply): Readable {
  const { raw } = request;
  // The connection may have ended while the request waited for its turn: then no event reports it any more.
  if (raw.destroyed) throw new CallerGone();
  const body = new PassThrough();
  // The stream may break off while the job is being noted, before anybody reads it; a later reader gets the error.
  body.on('error', () => undefined);
  raw.pipe(body);
  raw.once('error', (error) => body.destroy(error));
  if (raw.socket instanceof Socket) {
    const end = admission.watchImport(keyOf(request), raw, raw.socket, (why) => {
      reply.header('Connection', 'close');
      body.destroy(new ImportStopped('client gone', CUT_BECAUSE[why], undefined));
    });
    body.once('close', end);
  }
  // The rest of the file is read and thrown away, so that a sender that is still sending sees the reply.
  body.once('close', () => raw.resume());
  return body;
}

/** Reasons that are neither the file's nor the sender's fault: the same file may be sent again. */
const OF_THE_SERVICE: ReadonlySet<ImportStopped['kind']> = new Set(['store', 'stopping', 'taken over']);

async function finished(run: Promise<ImportJob>): Promise<ImportJob> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof ImportStopped)) throw error;
    if (OF_THE_SERVICE.has(error.kind)) throw storeFailure(error.cause ?? error);
    if (error.kind === 'wrong file') {
      throw new RecuentoError('wrong-file', { values: { reason: error.message }, cause: error });
    }
    throw new RecuentoError('import-broken-off', {
      values: { reason: error.message.toUpperCase() },
      cause: error,
    });
  }
}

function shown(job: ImportJob): ImportDocument {
  const { id, state, reason, format, format_reason, campaign_id, time_zone, time_zone_from, counts } = job;
  const seconds = Math.max(job.updated_at_ms - job.created_at_ms, 1) / 1_000;
  return {
    id,
    state,
    reason,
    format,
    format_reason,
    campaign_id,
    time_zone,
    time_zone_from,
    ...counts,
    lines_per_second: Math.round(counts.read / seconds),
    created_at: new Date(job.created_at_ms).toISOString(),
    updated_at: new Date(job.updated_at_ms).toISOString(),
  };
}

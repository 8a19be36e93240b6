import type { Readable } from 'node:stream';
import { FIELD_LIMITS, type ImportDocument, isTimeZone, RecuentoError } from '@recuento/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ImportJob } from '../../accounts/imports.js';
import { type ColumnMap, MAP_FORM, parseColumnMap } from '../../imports/column-map.js';
import type { FormatParameter, ImportFormat } from '../../imports/formats/format.js';
import { FORMAT_NAMES, formatNamed } from '../../imports/formats/registry.js';
import { ImportStopped } from '../../imports/job.js';
import { ENCODINGS } from '../../imports/records.js';
import type { ImportRequest, ImportRunner } from '../../imports/runner.js';
import { unavailable } from '../errors.js';
import type { Handlers } from '../methods.js';
import type { Services } from '../services.js';
import { actingHolder } from './caller.js';
import { listParameters, parameter } from './query.js';
import { rejectsPath } from './rejects.js';

/**
 * `/v1/imports`: whole files in, and how they went. Its bodies are of any size: they are streams, which the limit of
 * other bodies does not bind.
 */
export function importRoutes(
  services: Services,
  runner: ImportRunner,
  addTo: (app: FastifyInstance) => AddPath,
) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, body, done) => done(null, body));
    app.addHook('preClose', async () => runner.interrupt());
    app.addHook('onClose', async () => runner.settled());
    const add = addTo(app);
    add('/imports', importsPath(services, runner));
    add('/imports/:id', importPath(services));
    add('/imports/:id/rejects', rejectsPath(services));
  };
}

type AddPath = (url: string, handlers: Handlers) => void;

function importsPath(services: Services, runner: ImportRunner): Handlers {
  return {
    GET: async (request: FastifyRequest) => {
      const { operation } = await actingHolder(request, services, 'report', 'ingest', 'admin');
      const { cursor, limit } = listParameters(request);
      const jobs = await services.accounts.imports.list(operation.id, cursor, limit + 1);
      const page = jobs.slice(0, limit);
      return {
        imports: page.map(shown),
        next_cursor: jobs.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
    POST: async (request: FastifyRequest, reply: FastifyReply) => {
      const job = await finished(runner.run(await importRequest(request, services)));
      return reply.code(202).header('Location', `/v1/imports/${job.id}`).send(shown(job));
    },
  };
}

function importPath(services: Services): Handlers {
  return {
    GET: async (request: FastifyRequest) => {
      const { operation } = await actingHolder(request, services, 'report', 'ingest', 'admin');
      const { id } = request.params as { id: string };
      return shown(await services.accounts.imports.get(operation.id, id));
    },
  };
}

/** @throws RecuentoError before anything of the body is read */
async function importRequest(request: FastifyRequest, services: Services): Promise<ImportRequest> {
  const { operation } = await actingHolder(request, services, 'ingest');
  const name = parameter(request, 'format') ?? '';
  const format = name === 'auto' ? name : formatNamed(name);
  // Of a file yet to be looked at, the runner knows whether it needs a campaign.
  const is_free = format === 'auto' || format?.names_campaigns;
  const needed = [
    'format',
    ...(is_free ? [] : ['campaign_id']),
    ...(format !== 'auto' && format?.takes?.includes('map') ? ['map'] : []),
  ];
  const missing = needed.filter((name) => parameter(request, name) === undefined);
  if (missing.length > 0) {
    throw new RecuentoError('missing-parameters', { values: { parameters: missing.join(', ') } });
  }
  if (!format) throw badParameter('format', `one of auto, ${FORMAT_NAMES.join(', ')}`);
  const time_zone = parameter(request, 'time_zone');
  if (time_zone !== undefined && !isTimeZone(time_zone)) {
    throw badParameter('time_zone', 'an IANA name such as America/Bogota or UTC');
  }
  return {
    operation,
    format,
    campaign_id: campaignParameter(request),
    ...(time_zone !== undefined && { time_zone }),
    encoding: choice(request, 'encoding', ENCODINGS) ?? 'auto',
    date_order: choiceOf(request, format, 'date_order', ['dmy', 'mdy']),
    phone_code: choiceOf(request, format, 'phone_code', ['keep', 'omit']),
    map: columnMap(request, format),
    body: bodyOf(request),
    gzip: isGzip(request.headers['content-encoding']),
  };
}

function choice<Word extends string>(
  request: FastifyRequest,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const text = parameter(request, name);
  const word = words.find((each) => each === text);
  if (text !== undefined && word === undefined) throw badParameter(name, `one of ${words.join(', ')}`);
  return word;
}

/** A choice that some formats take. */
function choiceOf<Word extends string>(
  request: FastifyRequest,
  format: ImportFormat | 'auto',
  name: FormatParameter,
  words: readonly Word[],
): Word | undefined {
  const word = choice(request, name, words);
  if (word !== undefined && format !== 'auto') expectTaken(format, name);
  return word;
}

function columnMap(request: FastifyRequest, format: ImportFormat | 'auto'): ColumnMap | undefined {
  const text = parameter(request, 'map');
  if (text === undefined) return undefined;
  if (format === 'auto') throw badParameter('map', 'absent with format=auto; it belongs to format=csv');
  expectTaken(format, 'map');
  const map = parseColumnMap(text);
  if (map === undefined) throw badParameter('map', MAP_FORM);
  return map;
}

/** @throws RecuentoError when a format does not take a parameter: ignoring it would be a silent mistake */
function expectTaken(format: ImportFormat, name: FormatParameter): void {
  if (!format.takes?.includes(name)) throw badParameter(name, `absent with format=${format.name}`);
}

/** undefined where the request names none: whether it must is for the caller to know. @throws bad-parameter */
export function campaignParameter(request: FastifyRequest): number | undefined {
  const text = parameter(request, 'campaign_id');
  if (text === undefined) return undefined;
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (id >= 1 && id <= FIELD_LIMITS.campaign_id_max) return id;
  throw badParameter('campaign_id', `a whole number from 1 to ${FIELD_LIMITS.campaign_id_max}`);
}

function bodyOf(request: FastifyRequest): Readable {
  const body: unknown = request.body;
  // Without a body there is no stream: the request's own is at its end.
  return body === undefined || body === null ? request.raw : (body as Readable);
}

function isGzip(encoding: string | undefined): boolean {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'gzip' || name === 'x-gzip') return true;
  if (name === 'identity') return false;
  throw new RecuentoError('unsupported-media-type', {
    values: { accepted: 'Content-Encoding gzip, or none' },
  });
}

async function finished(run: Promise<ImportJob>): Promise<ImportJob> {
  try {
    return await run;
  } catch (error) {
    if (!(error instanceof ImportStopped)) throw error;
    if (error.kind === 'store' || error.kind === 'stopping') throw unavailable(error.cause ?? error);
    if (error.kind === 'wrong file') {
      throw new RecuentoError('wrong-file', { values: { reason: error.message }, cause: error });
    }
    throw new RecuentoError('import-broken-off', {
      values: { reason: error.message.toUpperCase() },
      cause: error,
    });
  }
}

function badParameter(name: string, form: string): RecuentoError {
  return new RecuentoError('bad-parameter', { values: { parameter: name, form } });
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

import { importPreviewQuery, importQuery, RecuentoError } from '@recuento/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { FORMAT_PARAMETERS, type ImportFormat } from '../../imports/formats/format.js';
import { formatNamed } from '../../imports/formats/registry.js';
import { type ColumnMap, MAP_FORM, parseColumnMap } from '../../imports/rows/column-map.js';
import { ONLY_FORM, type Only, parseOnly } from '../../imports/rows/only.js';
import type { ImportParameters } from '../../imports/running/import-parameters.js';
import type { PreviewRequest } from '../../imports/running/preview.js';
import type { ImportRequest } from '../../imports/running/runner.js';
import { badParameter, readQuery } from '../read-query.js';
import type { Services } from '../services.js';

/** The parameters of an import. @throws RecuentoError before anything of the body is read */
export function importParameters(
  request: FastifyRequest,
  services: Services,
): Omit<ImportRequest, 'body' | 'operation'> {
  const asked = readQuery(importQuery, request.query);
  const parameters = parametersOf(asked, services);
  // With `auto` the runner finds out later whether the file needs a campaign.
  if (parameters.format !== 'auto') expectGiven(parameters.format, asked);
  return {
    ...parameters,
    replaces: asked.replace === 'yes',
    gzip: isGzip(request.headers['content-encoding']),
  };
}

/** The parameters of a preview, which needs neither a campaign nor a map. @throws RecuentoError as for an import */
export function previewParameters(
  request: FastifyRequest,
  services: Services,
): Omit<PreviewRequest, 'body' | 'operation'> {
  const asked = readQuery(importPreviewQuery, request.query);
  return { ...parametersOf(asked, services), is_whole: asked.whole === 'yes' };
}

type Asked = z.output<typeof importQuery> | z.output<typeof importPreviewQuery>;

function parametersOf(asked: Asked, services: Services): ImportParameters {
  const { time_zone, encoding, campaign_id, date_order, phone_code, strip_prefix, words, all_dialed } = asked;
  const format = asked.format === 'auto' ? 'auto' : formatNamed(asked.format);
  if (format !== 'auto') expectTaken(format, asked);
  return {
    format,
    campaign_id,
    // The times are read by this process alone, which knows the zone under any of its names.
    ...(time_zone !== undefined && { time_zone: services.time_zones.settle(time_zone) ?? time_zone }),
    encoding,
    date_order,
    phone_code,
    strip_prefix,
    words,
    only: onlyOf(asked.only),
    all_dialed,
    map: columnMap(asked.map, format),
  };
}

/**
 * @throws RecuentoError bad-parameter: silently ignoring a parameter that the format does not take would hide a mistake
 */
function expectTaken(format: ImportFormat, asked: Asked): void {
  for (const name of FORMAT_PARAMETERS) {
    if (asked[name] !== undefined && !format.takes?.includes(name)) {
      throw badParameter(name, `absent with format=${format.name}`);
    }
  }
}

/** @throws RecuentoError missing-parameters */
function expectGiven(format: ImportFormat, asked: Asked): void {
  const missing = [
    ...(format.names_campaigns || asked.campaign_id !== undefined ? [] : ['campaign_id']),
    ...(format.takes?.includes('map') && asked.map === undefined ? ['map'] : []),
  ];
  if (missing.length > 0) {
    throw new RecuentoError('missing-parameters', { values: { parameters: missing.join(', ') } });
  }
}

function columnMap(text: string | undefined, format: ImportFormat | 'auto'): ColumnMap | undefined {
  if (text === undefined) return undefined;
  if (format === 'auto') throw badParameter('map', 'absent with format=auto; it belongs to format=csv');
  const map = parseColumnMap(text);
  if (map === undefined) throw badParameter('map', MAP_FORM);
  return map;
}

function onlyOf(text: string | undefined): Only | undefined {
  if (text === undefined) return undefined;
  const only = parseOnly(text);
  if (only === undefined) throw badParameter('only', ONLY_FORM);
  return only;
}

function isGzip(encoding: string | undefined): boolean {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'gzip' || name === 'x-gzip') return true;
  if (name === 'identity') return false;
  throw new RecuentoError('unsupported-media-type', {
    values: { accepted: 'Content-Encoding gzip, or none' },
  });
}

import { IMPORT_PREVIEW_LIMITS } from '@recuento/contract';
import type { FastifyInstance } from 'fastify';
import { previewOf } from '../../imports/running/preview.js';
import { keyOf } from '../door.js';
import { hangUpSignal } from '../hang-up.js';
import { addPath } from '../methods.js';
import type { Services } from '../services.js';
import { grower } from '../take-body.js';
import { readAnyBodies } from './body.js';
import { previewParameters } from './import-parameters.js';
import type { NativeCalls } from './native-calls.js';

const { max_bytes } = IMPORT_PREVIEW_LIMITS;

/** What a preview holds at most besides its body: the text, and its attempts as rows. */
const HELD_BYTES = 4 * max_bytes;

/** `/v1/imports/preview`: what an import would make of the beginning of a file. */
export function importPreviewRoutes(services: Services, calls: NativeCalls) {
  const { admission, trunks } = services;
  return async (app: FastifyInstance): Promise<void> => {
    readAnyBodies(app);
    addPath(app, '/imports/preview', {
      POST: calls.ofOperation(
        ['ingest'],
        async ({ request, reply, operation }) => {
          const sent: unknown = request.body;
          const body = Buffer.isBuffer(sent) ? sent : Buffer.alloc(0);
          await grower(request)(HELD_BYTES);
          const give_turn = admission.desk.body(keyOf(request), hangUpSignal(reply));
          await give_turn();
          const parameters = previewParameters(request, services);
          return previewOf({ ...parameters, operation, body }, trunks, give_turn);
        },
        { body_max_bytes: max_bytes, settle: (request) => previewParameters(request, services) },
      ),
    });
  };
}

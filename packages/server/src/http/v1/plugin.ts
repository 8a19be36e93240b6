import type { FastifyInstance } from 'fastify';
import { ImportRunner } from '../../imports/runner.js';
import { addPath, type Handlers } from '../methods.js';
import type { ReplyRoom } from '../reply-room.js';
import type { Services } from '../services.js';
import type { UploadRoom } from '../upload-room.js';
import { postAttempts } from './attempts.js';
import { readBodiesAsBytes } from './body.js';
import { identifyCaller } from './caller.js';
import { campaignPath, campaignsPath } from './campaigns.js';
import { hookRoutes } from './hooks.js';
import { importRoutes } from './imports.js';
import { machineCodesPath } from './machine-codes.js';
import { operationPath, operationsPath } from './operations.js';
import { tokenPath, tokensPath } from './tokens.js';
import { trendPath } from './trend.js';
import { usagePath } from './usage.js';
import { XlsxWorkshop } from './xlsx.js';

/** The native API: `/v1/*`, JSON, errors as problem documents. */
export function nativeApi(services: Services, room: UploadRoom, reply_room: ReplyRoom) {
  return async (app: FastifyInstance): Promise<void> => {
    readBodiesAsBytes(app);
    const addTo = (app: FastifyInstance) => (url: string, handlers: Handlers) =>
      // Who calls is settled before a body is read: a stranger's 32 MiB are not worth taking in.
      addPath(app, url, handlers, { onRequest: (request) => identifyCaller(request, services) });
    const add = addTo(app);
    add('/operations', operationsPath(services));
    add('/operations/:server', operationPath(services));
    add('/tokens', tokensPath(services));
    add('/tokens/:id', tokenPath(services));
    add('/campaigns', campaignsPath(services));
    add('/campaigns/:id', campaignPath(services));
    addPath(
      app,
      '/attempts',
      { POST: postAttempts(services) },
      {
        onRequest: async (request, reply) => {
          await identifyCaller(request, services);
          services.disk.assertRoom(); // a body that would be refused need not come in
          await room.admit(request, reply);
        },
      },
    );
    add('/usage', usagePath(services));
    const means = { services, room: reply_room, workshop: new XlsxWorkshop() };
    add('/machine-codes', machineCodesPath(means));
    add('/trend', trendPath(means));
    const { accounts, uploads, engine, trunks } = services;
    const runner = new ImportRunner(accounts.imports, uploads, engine, trunks);
    await app.register(importRoutes(services, runner, addTo));
    await app.register(hookRoutes(services, runner));
  };
}

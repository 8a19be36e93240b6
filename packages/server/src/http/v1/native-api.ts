import type { FastifyInstance } from 'fastify';
import type { Operation } from '../../accounts/operations.js';
import { ImportRunner } from '../../imports/running/runner.js';
import { TakeBacks } from '../../imports/running/take-backs.js';
import { keyOfOperation } from '../door.js';
import { addPath } from '../methods.js';
import type { Services } from '../services.js';
import { alarmPath, alarmsPath } from './alarms-path.js';
import { postAttempts } from './attempts-path.js';
import { auditPath } from './audit-path.js';
import { readBodiesAsBytes } from './body.js';
import { campaignPath, campaignsPath } from './campaigns-path.js';
import { hookRoutes } from './hooks.js';
import { hygieneSharesPath } from './hygiene-shares-path.js';
import { hygieneTrunkFaultsPath } from './hygiene-trunk-faults-path.js';
import { hygieneTrunksPath } from './hygiene-trunks-path.js';
import { hygieneVerdictsPath } from './hygiene-verdicts-path.js';
import { importRoutes } from './imports-path.js';
import { machineCodesPath } from './machine-codes-path.js';
import { NativeCalls } from './native-calls.js';
import { operationPath, operationsPath } from './operations-path.js';
import { tokenPath, tokensPath } from './tokens-path.js';
import { trendPath } from './trend-path.js';
import { usagePath } from './usage-path.js';
import { XlsxWorkers } from './xlsx.js';

/** The native API: `/v1/*`, JSON, errors as problem documents. */
export function nativeApi(services: Services) {
  return async (app: FastifyInstance): Promise<void> => {
    readBodiesAsBytes(app);
    const calls = new NativeCalls(services);
    addPath(app, '/operations', operationsPath(services, calls));
    addPath(app, '/operations/:server', operationPath(services, calls));
    addPath(app, '/tokens', tokensPath(services, calls));
    addPath(app, '/tokens/:id', tokenPath(services, calls));
    addPath(app, '/campaigns', campaignsPath(services, calls));
    addPath(app, '/campaigns/:id', campaignPath(services, calls));
    addPath(app, '/attempts', { POST: postAttempts(services, calls) });
    addPath(app, '/usage', usagePath(services, calls));
    addPath(app, '/audit', auditPath(services, calls));
    const shared = { services, calls, workers: new XlsxWorkers(services.admission.workbooks) };
    addPath(app, '/machine-codes', machineCodesPath(shared));
    addPath(app, '/trend', trendPath(shared));
    addPath(app, '/hygiene/verdicts', hygieneVerdictsPath(shared));
    addPath(app, '/hygiene/shares', hygieneSharesPath(shared));
    addPath(app, '/hygiene/trunk-faults', hygieneTrunkFaultsPath(shared));
    addPath(app, '/hygiene/trunks', hygieneTrunksPath(shared));
    addPath(app, '/alarms', alarmsPath(shared));
    addPath(app, '/alarms/:id', alarmPath(shared));
    const { accounts, admission, uploads, engine, trunks } = services;
    const turnsOf = (operation: Operation) => admission.desk.stream(keyOfOperation(operation));
    const runner = new ImportRunner(accounts, uploads, engine, trunks, turnsOf);
    const report = (error: unknown) =>
      services.log.warn({ err: error }, 'an import could not be taken back, and is tried again');
    const take_backs = new TakeBacks(accounts, { engine, uploads }, report);
    await app.register(importRoutes(services, calls, runner, take_backs));
    await app.register(hookRoutes(services, calls, runner));
  };
}

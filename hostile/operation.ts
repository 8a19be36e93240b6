import { Agent } from 'node:http';
import { type Call, expectDone } from '../packages/server/test/neighbours/call.js';
import type { HostileService } from './service.js';

/** Nothing that is tried here may meet the day's limit: it would be refused for that, and show nothing. */
const LICENCES = 100_000;

/** An operation for a trial. @returns what makes tokens of it */
export async function newOperation(
  service: HostileService,
  server: string,
  limits: Record<string, number> = {},
): Promise<(scopes?: readonly string[]) => Promise<string>> {
  const settings = { server, name: server, licences: LICENCES, time_zone: 'America/Bogota', limits };
  await administer(service, { path: '/v1/operations', method: 'POST', body: JSON.stringify(settings) });
  return async (scopes = ['report', 'ingest', 'admin']) => {
    const body = JSON.stringify({ operation: server, name: 'hostile', scopes });
    const { token }: { token: string } = JSON.parse(
      await administer(service, { path: '/v1/tokens', method: 'POST', body }),
    );
    return token;
  };
}

async function administer(service: HostileService, call: Call): Promise<string> {
  const agent = new Agent();
  const { body } = await expectDone({ base: service.url, token: service.admin_token, agent }, call);
  agent.destroy();
  return body.toString();
}

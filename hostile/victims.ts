import { Agent } from 'node:http';
import { expectDone } from '../packages/server/test/neighbours/call.js';
import { setScene } from '../packages/server/test/neighbours/scene.js';
import type { HostileService } from './service.js';
import type { Victim } from './stalls/stall.js';

const SCENE = { attempts_of_a: 120_000, attempts_of_b: 400, askers: 3 };

/** A filled service: what A attacks with, and the tokens of B. */
export async function neighbours(
  service: HostileService,
): Promise<{ victim: Victim; tokens_of_b: readonly string[] }> {
  const agent = new Agent({ keepAlive: true });
  const scene = await setScene(service.url, service.admin_token, agent, SCENE);
  const body = JSON.stringify({ operation: 'neighbourA', name: 'reader', scopes: ['report'] });
  const administrator = { base: service.url, token: service.admin_token, agent };
  const made = await expectDone(administrator, { path: '/v1/tokens', method: 'POST', body });
  agent.destroy();
  const { token: report_token }: { token: string } = JSON.parse(made.body.toString());
  const victim = { base: service.url, tokens: scene.tokens_of_a, report_token };
  return { victim, tokens_of_b: scene.tokens_of_b };
}

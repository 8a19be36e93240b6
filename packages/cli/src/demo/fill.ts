import { DEFAULT_TIME_ZONE } from '@recuento/contract';
import { campaignNames, type GenerateOptions, generate, NUMBERING } from '@recuento/generator';
import type { Service } from '@recuento/server';
import { fillProgress } from './progress.js';

/** The demo's operation, as the accounts return it. */
export type DemoOperation = Awaited<ReturnType<Service['services']['accounts']['operations']['byServer']>>;

const SERVER = '0042';
/** 10,000 calls a day. */
const LICENCES = 10;

/** Returns the demo's operation. Creates it, with the names of its campaigns, if it does not exist yet. */
export async function demoOperation(service: Service, campaigns: number): Promise<DemoOperation> {
  const { accounts } = service.services;
  const there = (await accounts.operations.list()).find(({ server }) => server === SERVER);
  if (there) return there;
  const operation = await accounts.operations.create({
    server: SERVER,
    name: 'Demo',
    licences: LICENCES,
    time_zone: DEFAULT_TIME_ZONE,
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
    numbering: NUMBERING,
  });
  for (const [campaign_id, name] of campaignNames(campaigns)) {
    await accounts.campaigns.put(operation.id, campaign_id, { name, type: 'predictive' });
  }
  return operation;
}

/**
 * Generates the operation's attempts and stores them, and shows the progress. Attempts that an earlier, interrupted run
 * stored are delivered again, which changes nothing.
 *
 * @returns false when `stop` fired before everything was stored
 */
export async function fill(
  service: Service,
  operation: DemoOperation,
  options: GenerateOptions,
  stop: AbortSignal,
): Promise<boolean> {
  const { uploads, admission } = service.services;
  const give_turn = admission.desk.stream('the demo');
  const shown = fillProgress(options.attempts);
  let delivered = 0;
  for (const batch of generate(options)) {
    if (stop.aborted) {
      shown.interrupted();
      return false;
    }
    await uploads.accept(operation, batch, give_turn);
    delivered += batch.length;
    // Some attempts are delivered twice, so there are a few more deliveries than attempts.
    shown.update(Math.min(delivered, options.attempts));
  }
  shown.done();
  return true;
}

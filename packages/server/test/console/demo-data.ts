import { campaignNames, type GenerateOptions, generate, NUMBERING } from '@recuento/generator';
import { ADMIN_TOKEN, type TestOperation, type TestService } from '../harness.js';

/** Bogota has had no clock change since 1993. */
const BOGOTA_OFFSET_S = -5 * 3_600;

/** As the demo has it, with fewer attempts: the 31 days until yesterday, six campaigns. */
const OPTIONS = { seed: 42, attempts: 30_000, days: 31, campaigns: 6 } as const;

/** An operation with the demo's data, which end with the day before today. */
export async function demoOperation(
  test: TestService,
  options: Partial<GenerateOptions> = {},
): Promise<TestOperation> {
  const operation = await test.operation({ name: 'Demo', numbering: NUMBERING });
  const { operations, campaigns } = test.service.services.accounts;
  const stored = await operations.byServer(operation.server);
  for (const [campaign_id, name] of campaignNames(OPTIONS.campaigns)) {
    await campaigns.put(stored.id, campaign_id, { name, type: 'predictive' });
  }
  const { uploads, admission } = test.service.services;
  const give_turn = admission.desk.stream('the demo');
  for (const batch of generate({ ...OPTIONS, until_s: midnight_s(Date.now()), ...options })) {
    await uploads.accept(stored, batch, give_turn);
  }
  return operation;
}

/** The last midnight of Bogota, in seconds since 1970 UTC. */
export function midnight_s(now_ms: number): number {
  const wall_s = Math.floor(now_ms / 1_000) + BOGOTA_OFFSET_S;
  return wall_s - (wall_s % 86_400) - BOGOTA_OFFSET_S;
}

/** The administrator's token of test services. */
export const ADMINISTRATOR = ADMIN_TOKEN;

import { type GenerateOptions, generate, WORLDS, type WorldName } from '@recuento/generator';
import type { TestOperation } from '../harness.js';

/** Midnight of Bogota after the last day of every world. */
export const WORLD_UNTIL_S = Date.UTC(2026, 10, 1, 5) / 1_000;
export const WORLD_ZONE = 'America/Bogota';

/** A world of the generator (bench/worlds), of a size. */
export function worldOptions(name: WorldName, seed: number, attempts: number): GenerateOptions {
  return { ...WORLDS[name], seed, attempts, until_s: WORLD_UNTIL_S };
}

/** Stores all attempts of a world. */
export async function fill(operation: TestOperation, options: GenerateOptions): Promise<void> {
  const { accounts, uploads, admission } = operation.test.service.services;
  const stored = await accounts.operations.byServer(operation.server);
  const give_turn = admission.desk.stream('test');
  for (const batch of generate(options)) await uploads.accept(stored, batch, give_turn);
}

import { type GenerateOptions, generate, NUMBERING } from '@recuento/generator';
import type { Service } from '@recuento/server';
import type { EngineSettings, SqlParams } from '../../packages/server/src/attempts/engine/engine.js';

/** The zone of the generator's working hours. */
export const TIME_ZONE = 'America/Bogota';
export const ADMIN_TOKEN = 'administrator-token-for-the-benches-only';

/** An operation that holds a world. */
export interface WorldOperation {
  readonly service: Service;
  readonly id: number;
  readonly server: string;
  readonly options: GenerateOptions;
}

/** Stores all attempts of a world under a new operation. */
export async function fillOperation(service: Service, options: GenerateOptions): Promise<WorldOperation> {
  const { accounts, uploads, admission } = service.services;
  const operation = await accounts.operations.create({
    server: String((await accounts.operations.list()).length + 1).padStart(4, '0'),
    name: 'worlds',
    licences: 10,
    time_zone: TIME_ZONE,
    reply_profile: { code: 'number', empty_status: 404 },
    limits: {},
    numbering: NUMBERING,
  });
  const give_turn = admission.desk.stream('worlds');
  for (const batch of generate(options)) await uploads.accept(operation, batch, give_turn);
  return { service, id: operation.id, server: operation.server, options };
}

/** The rows of a statement without a FORMAT clause. */
export async function rowsOf(
  { service }: WorldOperation,
  statement: {
    readonly sql: string;
    readonly params: SqlParams;
    readonly settings?: EngineSettings;
  },
): Promise<string[][]> {
  const bytes = await service.services.engine.read({
    settings: {},
    ...statement,
    sql: `${statement.sql} FORMAT JSONCompactEachRow`,
    fair_key: 'worlds',
    max_ms: 600_000,
  });
  const lines = bytes.toString().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

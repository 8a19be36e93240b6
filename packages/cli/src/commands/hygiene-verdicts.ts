import { type Command, Option } from 'commander';
import { HygieneApi, type Parameters } from '../hygiene/api.js';
import { type VerdictRow, verdictsTold } from '../hygiene/told.js';
import type { OperationFlags } from '../operation-flags.js';
import { asJsonArray } from '../report/json-array.js';
import { WIDTH_CHARS } from '../table.js';
import { UsageError } from '../usage-error.js';
import { writeOut } from '../write-out.js';

const FORMATS = ['table', 'json', 'ndjson', 'csv', 'xlsx', 'parquet'] as const;

interface VerdictsFlags extends Pick<OperationFlags, 'operation'> {
  readonly format: (typeof FORMATS)[number];
  readonly campaign?: string;
  readonly verdict?: string;
  readonly telephone?: string;
  readonly sort?: string;
  readonly rows?: string;
  readonly output?: string;
}

/** Rows of a table by default: what a terminal has room for. */
const TABLE_ROWS = 20;

/** `recuento hygiene verdicts`: what is known of each telephone. */
export function addHygieneVerdicts(hygiene: Command): void {
  hygiene
    .command('verdicts')
    .description('what is known of each telephone, and why')
    .option('--campaign <id>', 'telephones that this campaign dialed')
    .option('--verdict <verdict>', 'telephones with this verdict: invalid, rings_out, ...')
    .option('--telephone <telephone>', 'this telephone alone')
    .option(
      '--sort <column>',
      'telephone, probability, attempts or last_dialed_at, with - in front for descending order',
    )
    .addOption(new Option('--format <format>', 'how it is written').choices(FORMATS).default('table'))
    .option('--rows <n>', `rows of the table (default: ${TABLE_ROWS})`)
    .option('-o, --output <file>', 'write to this file, whole or not at all, instead of the terminal')
    .option('--operation <server>', "the operation it is about, with the administrator's token")
    .action(run);
}

async function run(flags: VerdictsFlags): Promise<void> {
  const { format, campaign, verdict, telephone, sort, output } = flags;
  const api = new HygieneApi(flags);
  const parameters = { campaign_id: campaign, verdict, telephone, sort };
  if (output === undefined && process.stdout.isTTY && (format === 'xlsx' || format === 'parquet'))
    throw new UsageError(`${format} is not for a terminal: -o FILE says where it goes.`);
  await writeOut(
    output,
    format === 'table' ? tableOf(api, parameters, flags) : fileOf(api, parameters, format),
  );
}

async function* tableOf(
  api: HygieneApi,
  parameters: Parameters,
  { rows = String(TABLE_ROWS) }: VerdictsFlags,
): AsyncGenerator<string> {
  const { verdicts, next_cursor } = await api.get<{
    verdicts: readonly VerdictRow[];
    next_cursor: string | null;
  }>('verdicts', { ...parameters, limit: rows });
  if (verdicts.length === 0) {
    yield 'There is no such telephone.\n';
    return;
  }
  yield `${verdictsTold(verdicts, process.stdout.columns ?? WIDTH_CHARS)}\n`;
  if (next_cursor !== null) yield '\nThere are more telephones: --format csv -o FILE has all of them.\n';
}

async function* fileOf(
  api: HygieneApi,
  parameters: Parameters,
  format: Exclude<VerdictsFlags['format'], 'table'>,
): AsyncGenerator<Buffer | string> {
  const sent = format === 'json' ? 'ndjson' : format;
  const { bytes } = await api.download('verdicts', { ...parameters, format: sent, headings: 'names' });
  yield* format === 'json' ? asJsonArray(bytes) : bytes;
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import { ApiClient } from '../api-client.js';
import { asJsonArray } from '../report/json-array.js';
import { type MachineCodesRow, peopleTable } from '../report/people-table.js';
import { type ReportWindow, reportWindow } from '../report/window.js';
import { WIDTH_CHARS } from '../table.js';
import { UsageError } from '../usage-error.js';
import { writeOut } from '../write-out.js';

const FORMATS = ['table', 'json', 'ndjson', 'csv', 'xlsx', 'parquet'] as const;

interface ReportFlags {
  readonly campaign: string;
  readonly from: string;
  readonly to: string;
  readonly format: (typeof FORMATS)[number];
  readonly output?: string;
  readonly sort?: string;
  readonly rows?: number;
  readonly operation?: string;
  readonly minTotal?: number;
  readonly minDialed?: number;
  readonly maxAnswered?: number;
  readonly lastResult?: string;
  readonly telephonePrefix?: string;
  readonly telephoneSuffix?: string;
}

/** `recuento report`: machine codes by telephone, as a table for people or in a format for programs. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('machine codes by telephone, from a running server (RECUENTO_URL, RECUENTO_TOKEN)')
    .requiredOption('--campaign <id>', 'a campaign, or all')
    .requiredOption('--from <date>', 'YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS of the operation')
    .requiredOption('--to <date>', 'the same; a date includes its whole day')
    .addOption(new Option('--format <format>', 'how it is written').choices(FORMATS).default('table'))
    .option('-o, --output <file>', 'write to this file, whole or not at all, instead of the terminal')
    .option('--sort <column>', 'column of the API, with - in front for descending order')
    .option('--min-total <n>', 'telephones with at least this many machine recognitions', whole)
    .option('--min-dialed <n>', 'telephones with at least this many attempts', whole)
    .option('--max-answered <n>', 'telephones that answered at most this many times', whole)
    .option('--last-result <code>', 'telephones whose last attempt ended with this code')
    .option('--telephone-prefix <digits>', 'telephones that begin with these digits')
    .option('--telephone-suffix <digits>', 'telephones that end with these digits')
    .option('--rows <n>', 'rows of the table (default: what the terminal has room for)', whole)
    .option('--operation <server>', "the operation it is about, with the administrator's token")
    .action(run);
}

async function run(flags: ReportFlags): Promise<void> {
  const client = ApiClient.fromEnvironment(process.env);
  const window = reportWindow(flags.from, flags.to, await timeZoneOf(client, flags));
  const pieces =
    flags.format === 'table' ? tableOf(client, flags, window) : fileOf(client, flags.format, flags, window);
  const is_binary = flags.format === 'xlsx' || flags.format === 'parquet';
  if (flags.output === undefined && process.stdout.isTTY && is_binary)
    throw new UsageError(`${flags.format} is not for a terminal: -o FILE says where it goes.`);
  await writeOut(flags.output, pieces);
}

async function timeZoneOf(client: ApiClient, { operation }: ReportFlags): Promise<string> {
  const named = operation === undefined ? '' : `?${new URLSearchParams({ operation })}`;
  const { time_zone } = await client.json<{ time_zone: string }>({ method: 'GET', path: `/usage${named}` });
  return time_zone;
}

/** Rows of a table that goes into a file or a pipe, by default. */
const TABLE_ROWS = 50;
/** Lines of a terminal that are not rows: the heading, the lines after the table, and the next prompt. */
const OTHER_LINES = 5;

async function* tableOf(client: ApiClient, flags: ReportFlags, window: ReportWindow): AsyncGenerator<string> {
  const { rows: height_lines, columns: width_chars } = process.stdout;
  const room = height_lines === undefined ? TABLE_ROWS : Math.max(5, height_lines - OTHER_LINES);
  const path = pathOf({ ...flags, sort: flags.sort ?? '-total_machine_recognitions' }, window, {
    limit: flags.rows ?? room,
  });
  const reply = await client.json<{ machine_codes: MachineCodesRow[]; next_cursor: string | null }>({
    method: 'GET',
    path,
  });
  if (reply.machine_codes.length === 0) {
    yield 'No telephone has a machine recognition there.\n';
    return;
  }
  yield `${peopleTable(reply.machine_codes, width_chars ?? WIDTH_CHARS)}\n`;
  if (reply.next_cursor !== null)
    yield '\nThere are more telephones: --format csv -o FILE has all of them.\n';
}

async function* fileOf(
  client: ApiClient,
  format: Exclude<ReportFlags['format'], 'table'>,
  flags: ReportFlags,
  window: ReportWindow,
): AsyncGenerator<Buffer | string> {
  const sent = format === 'json' ? 'ndjson' : format;
  const bytes = client.download(pathOf(flags, window, { format: sent, headings: 'names' }));
  yield* format === 'json' ? asJsonArray(bytes) : bytes;
}

function pathOf(flags: ReportFlags, window: ReportWindow, more: Record<string, string | number>): string {
  const parameters = {
    campaign_id: flags.campaign,
    ...window,
    operation: flags.operation,
    sort: flags.sort,
    min_total: flags.minTotal,
    min_dialed: flags.minDialed,
    max_answered: flags.maxAnswered,
    last_result: flags.lastResult,
    telephone_prefix: flags.telephonePrefix,
    telephone_suffix: flags.telephoneSuffix,
    ...more,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `/machine-codes?${query}`;
}

function whole(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a whole number is needed');
}

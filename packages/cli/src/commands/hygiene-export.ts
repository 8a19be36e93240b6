import { EXPORT_FORMATS, type ExportFormat, isPagedExport, LEFT_OUT_HEADER } from '@recuento/contract';
import { type Command, Option } from 'commander';
import { HygieneApi, type Parameters } from '../hygiene/api.js';
import type { OperationFlags } from '../operation-flags.js';
import { writeOut } from '../write-out.js';

interface ExportFlags extends Pick<OperationFlags, 'operation'> {
  readonly format: ExportFormat;
  readonly campaign?: string;
  readonly verdict?: string;
  readonly daysBlock?: string;
  readonly output?: string;
}

/** `recuento hygiene export`: telephones in the form that a dialer takes. */
export function addHygieneExport(hygiene: Command): void {
  hygiene
    .command('export')
    .description('what is put aside now, or has a verdict, in the form that a dialer takes')
    .addOption(new Option('--format <format>', 'how it is written').choices(EXPORT_FORMATS).default('csv'))
    .option('--campaign <id>', 'telephones that this campaign dialed; for customer_ids, its customers')
    .option('--verdict <verdicts>', 'telephones with one of these verdicts, with commas between them')
    .option('--days-block <n>', 'with add_dnc and --verdict: for how many days')
    .option('-o, --output <file>', 'write to this file, whole or not at all, instead of the terminal')
    .option('--operation <server>', "the operation it is about, with the administrator's token")
    .addHelpText(
      'after',
      '\nadd_dnc and customer_ids: each line is the body, or the ids, of one call of the documented API.\n',
    )
    .action(run);
}

async function run(flags: ExportFlags): Promise<void> {
  const { format, campaign, verdict, daysBlock, output } = flags;
  const api = new HygieneApi(flags);
  const parameters: Parameters = {
    format,
    campaign_id: campaign,
    verdict,
    days_block: daysBlock,
    ...(format === 'csv' && { headings: 'names' }),
  };
  const told = { left_out: 0 };
  await writeOut(output, isPagedExport(format) ? pages(api, parameters, told) : page(api, parameters, told));
  if (told.left_out > 0) process.stderr.write(`Left out, as ${format} cannot have them: ${told.left_out}.\n`);
}

/** What was told beside the bytes. */
interface Told {
  left_out: number;
}

async function* page(api: HygieneApi, parameters: Parameters, told: Told): AsyncGenerator<Buffer | string> {
  const { headers, bytes } = await api.download('export', parameters);
  told.left_out += Number(headers[LEFT_OUT_HEADER.toLowerCase()] ?? 0);
  yield* bytes;
}

/** Page after page, each on a line of its own; an empty one is left out. */
async function* pages(api: HygieneApi, first: Parameters, told: Told): AsyncGenerator<Buffer | string> {
  for (let parameters: Parameters | undefined = first; parameters; ) {
    const { headers, bytes } = await api.download('export', parameters);
    told.left_out += Number(headers[LEFT_OUT_HEADER.toLowerCase()] ?? 0);
    let last: Buffer | undefined;
    for await (const piece of bytes) {
      yield piece;
      last = piece;
    }
    if (last) yield '\n';
    const [, next] = /^<\?(.*)>; rel="next"$/.exec(String(headers.link ?? '')) ?? [];
    parameters = next === undefined ? undefined : Object.fromEntries(new URLSearchParams(next));
  }
}

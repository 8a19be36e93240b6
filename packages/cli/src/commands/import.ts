import { type FileHandle, open } from 'node:fs/promises';
import { IMPORT_FORMATS, type ImportDocument, type RejectDocument } from '@recuento/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { ApiClient } from '../api-client.js';
import { type Progress, startProgress } from '../progress.js';
import { UsageError } from '../usage-error.js';
import { whileBusy } from '../while-busy.js';
import { bytesOf, carrierFirst, jsonTexts, type Sending, sendingsOf, streamOf } from './import-directory.js';
import { followFile } from './import-follow.js';
import { rejectLines, summaryLines } from './import-summary.js';
import { undoImport } from './import-undo.js';
import { collectWords, declaredWords } from './import-words.js';

interface ImportFlags {
  readonly campaign?: number;
  readonly timeZone?: string;
  readonly map?: string;
  readonly dateOrder?: string;
  readonly encoding?: string;
  readonly phoneCode?: string;
  readonly stripPrefix?: string;
  /** Each entry is a text with pairs. */
  readonly words?: string[] | undefined;
  readonly wordsFile?: string;
  readonly only?: readonly string[];
  readonly allDialed?: true;
  readonly carrierLog?: string;
  readonly replace?: true | undefined;
  readonly undo?: string;
  readonly follow?: true;
  readonly state?: string;
}

/** Rejected lines that are shown. The rest can be requested. */
const REJECTS_SHOWN = 20;

/** `recuento import FORMAT FILE...`: sends dialer files to a running server. */
export function addImport(program: Command): void {
  program
    .command('import')
    .description('send files of a dialer to a running server (RECUENTO_URL, RECUENTO_TOKEN)')
    .argument('[format]', `auto, or the name of one: ${IMPORT_FORMATS.join(', ')}`)
    .argument('[file...]', 'files to send, one after another, .gz as they are; or directories of files')
    .option(
      '--campaign <id>',
      'campaign that the attempts belong to (vendor-campaign-3 names it)',
      campaignNumber,
    )
    .option('--time-zone <zone>', "zone of times without an offset (default: the operation's)")
    .option('--map <pairs>', 'columns of a csv: telephone=dst,dialed_at=calldate,result=disposition')
    .option('--date-order <order>', 'dmy or mdy, where dates are not YYYY-MM-DD')
    .option('--encoding <name>', 'auto, utf-8 or latin1 (default: auto)')
    .option('--phone-code <how>', "keep or omit: whether Vicidial's phone_code belongs to the telephone")
    .option(
      '--strip-prefix <digits>',
      'prefixes that the dialplan put before the numbers, for files without trunks: 9,00',
    )
    .option(
      '--words <pairs>',
      "what the dialer's own result words mean: BUZON=answer_machine,FAILED@north=congestion (for the trunk north); kept with the operation for later imports",
      collectWords,
    )
    .option('--words-file <file>', 'own words from a file, one pair a line')
    .option(
      '--only <condition>',
      'rows to import, by a column: dcontext=from-internal, dst!=600,601 (may be repeated: all must hold)',
      (condition: string, before: readonly string[] = []) => [...before, condition],
    )
    .option('--all-dialed', 'every row was dialed out: skip none that looks inbound or internal')
    .option(
      '--carrier-log <file>',
      "vicidial_carrier_log of the same calls: it refines vicidial-log's statuses",
    )
    .option(
      '--replace',
      'these files replace what earlier imports recorded of the same attempts, even if they are weaker evidence',
    )
    .option('--undo <id>', 'take an import back, instead of importing')
    .option('--follow', 'keep sending what is written to the file, through its rotations, until stopped')
    .option('--state <file>', 'where --follow keeps its position (default: FILE.recuento-position)')
    .action(async (format: string | undefined, files: string[], given: ImportFlags) => {
      const words = await declaredWords(given.words, given.wordsFile);
      const flags = { ...given, words: words === undefined ? undefined : [words] };
      const client = ApiClient.fromEnvironment(process.env);
      if (flags.undo !== undefined) {
        if (format !== undefined)
          throw new UsageError('--undo takes the id of an import, and no format or files');
        return undoImport(client, flags.undo);
      }
      if (format === undefined || files.length === 0) {
        throw new UsageError('import takes a format and files: recuento import FORMAT FILE...');
      }
      if (flags.carrierLog !== undefined) {
        const log = logOfCarrierLog(format, files, flags);
        const rejected = await importWithCarrierLog(client, format, flags.carrierLog, log, flags);
        if (rejected > 0) process.exitCode = 1;
        return;
      }
      if (flags.follow && flags.replace)
        throw new UsageError('--replace is for whole files: import without --follow');
      if (flags.follow) return followFile(client, queryOf(format, flags), files, flags.state);
      let rejected = 0;
      let of_file = flags;
      for (const sending of await sendingsOf(format, files)) {
        rejected +=
          sending.kind === 'file'
            ? await importFile(client, format, sending.file, of_file)
            : await importTogether(client, format, sending, of_file);
        // The first file began a new generation, and the others belong to it. Within it, the strength of evidence decides.
        of_file = { ...flags, replace: undefined };
      }
      if (rejected > 0) process.exitCode = 1;
    });
}

/** Sends one file, prints the result, and returns how many lines were rejected. */
async function importFile(
  client: ApiClient,
  format: string,
  file: string,
  flags: ImportFlags,
): Promise<number> {
  const handle = await openFile(file);
  try {
    const stat = await handle.stat();
    const gzip = stat.isFile() ? await isGzip(handle) : file.endsWith('.gz');
    const once = () => {
      const progress = startProgress(file, stat.size);
      const body = { bytes: bodyOf(handle, progress, stat.isFile()), gzip };
      return send(client, format, body, flags, progress);
    };
    // The bytes of a pipe cannot be read again.
    const sent = await (stat.isFile() ? whileBusy(once, warn) : once());
    return await report(client, file, sent);
  } finally {
    await handle.close();
  }
}

/** Sends the files of a directory as one import, and returns how many records were rejected. */
async function importTogether(
  client: ApiClient,
  format: string,
  { directory, files }: Extract<Sending, { kind: 'json files' }>,
  flags: ImportFlags,
): Promise<number> {
  const size = await bytesOf(files);
  const sent = await whileBusy(() => {
    const progress = startProgress(directory, size);
    const texts = jsonTexts(files, (bytes) => progress.sent(bytes));
    return send(client, format, { bytes: streamOf(texts), gzip: false }, flags, progress);
  }, warn);
  return report(client, `${directory} (${files.length} files)`, sent);
}

/** @throws UsageError when a carrier log does not go with the other flags */
function logOfCarrierLog(format: string, files: readonly string[], flags: ImportFlags): string {
  const [log] = files;
  if (format !== 'vicidial-log') throw new UsageError('--carrier-log belongs to the format vicidial-log');
  if (flags.follow) throw new UsageError('--carrier-log refines whole files: import without --follow');
  if (log === undefined || files.length > 1)
    throw new UsageError('--carrier-log takes one log: the one it is of');
  return log;
}

/** Sends both logs as one import, and returns how many lines were rejected. */
async function importWithCarrierLog(
  client: ApiClient,
  format: string,
  carrier_log: string,
  log: string,
  flags: ImportFlags,
): Promise<number> {
  for (const file of [carrier_log, log]) await (await openFile(file)).close();
  const name = `${log} with ${carrier_log}`;
  const size = await bytesOf([carrier_log, log]);
  const sent = await whileBusy(() => {
    const progress = startProgress(name, size);
    const both = carrierFirst(carrier_log, log, (bytes) => progress.sent(bytes));
    return send(client, format, { bytes: streamOf(both), gzip: false }, flags, progress);
  }, warn);
  return report(client, name, sent);
}

/** Prints the result of an import, and returns how many lines or records were rejected. */
async function report(client: ApiClient, name: string, result: ImportDocument): Promise<number> {
  say(summaryLines(name, result));
  if (result.rejected > 0) {
    const page = await client.json<{ rejects: RejectDocument[] }>({
      method: 'GET',
      path: `/imports/${result.id}/rejects?limit=${REJECTS_SHOWN}`,
    });
    say(rejectLines(page.rejects, result, client.url));
  }
  return result.rejected;
}

function queryOf(format: string, flags: ImportFlags): URLSearchParams {
  const query = new URLSearchParams({ format });
  if (flags.campaign !== undefined) query.set('campaign_id', String(flags.campaign));
  if (flags.timeZone !== undefined) query.set('time_zone', flags.timeZone);
  if (flags.map !== undefined) query.set('map', flags.map);
  if (flags.dateOrder !== undefined) query.set('date_order', flags.dateOrder);
  if (flags.phoneCode !== undefined) query.set('phone_code', flags.phoneCode);
  if (flags.stripPrefix !== undefined) query.set('strip_prefix', flags.stripPrefix);
  if (flags.words !== undefined) query.set('words', flags.words.join('\n'));
  if (flags.only !== undefined) query.set('only', flags.only.join(';'));
  if (flags.allDialed) query.set('all_dialed', 'yes');
  if (flags.encoding !== undefined) query.set('encoding', flags.encoding);
  if (flags.replace) query.set('replace', 'yes');
  const chars = String(query).length;
  if (chars > QUERY_MAX_CHARS) throw new UsageError(tooLong(chars));
  return query;
}

/** The server accepts 16 KiB for the address and the headers together. */
const QUERY_MAX_CHARS = 14 * 1024;

function tooLong(chars: number): string {
  return `the flags are too long for one request (${chars} characters as they are sent, of at most ${QUERY_MAX_CHARS}). Of many --words give a part with each of several imports, as the operation keeps them, or change them all at once with PATCH /v1/operations/{server}`;
}

async function send(
  client: ApiClient,
  format: string,
  body: { readonly bytes: ReadableStream<Uint8Array>; readonly gzip: boolean },
  flags: ImportFlags,
  progress: Progress,
): Promise<ImportDocument> {
  try {
    const result = await client.json<ImportDocument>({
      method: 'POST',
      path: `/imports?${queryOf(format, flags)}`,
      headers: {
        'content-type': 'text/plain',
        ...(body.gzip && { 'content-encoding': 'gzip' }),
      },
      body: body.bytes,
    });
    progress.done();
    return result;
  } catch (error) {
    progress.failed();
    throw error;
  }
}

/** Looks at the bytes, not the name: some programs leave `.gz` out, and browsers unpack files but keep `.gz`. */
async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

/** Large reads: a file is sent faster than with the stream's default of 64 KiB. */
const READ_BYTES = 256 * 1024;

/** The file's bytes on demand, so that a slow server slows the reading. */
function bodyOf(handle: FileHandle, progress: Progress, from_start: boolean): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { bytesRead, buffer } = await handle.read(
        Buffer.allocUnsafe(READ_BYTES),
        0,
        READ_BYTES,
        from_start ? at : null,
      );
      at += bytesRead;
      if (bytesRead === 0) {
        controller.close();
        return;
      }
      controller.enqueue(buffer.subarray(0, bytesRead));
      progress.sent(bytesRead);
    },
  });
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new UsageError(`${file} does not exist`);
    if (code === 'EACCES') throw new UsageError(`${file} may not be read`);
    throw error;
  }
}

function campaignNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('a campaign is a whole number from 1 on');
}

function warn(line: string): void {
  process.stderr.write(`${line}\n`);
}

function say(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

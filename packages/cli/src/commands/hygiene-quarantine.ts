import type { PreviewDocument } from '@recuento/contract';
import type { Command } from 'commander';
import { HygieneApi } from '../hygiene/api.js';
import { consent } from '../hygiene/consent.js';
import { type NamedRule, namedRule } from '../hygiene/named-rule.js';
import { inCalls, telephonesIn } from '../hygiene/telephones-file.js';
import { previewTold } from '../hygiene/told.js';
import { type OperationFlags, withOperationFlags } from '../operation-flags.js';
import { reportWindow } from '../report/window.js';
import { UsageError } from '../usage-error.js';

interface QuarantineFlags extends OperationFlags {
  readonly rule?: string;
  readonly reason?: string;
  readonly until?: string;
  readonly yes?: boolean;
}

interface Taken {
  readonly id: string;
  readonly telephones_taken: number;
}

/** `recuento hygiene quarantine`: shows what would be put aside, asks, and puts it aside. */
export function addHygieneQuarantine(hygiene: Command): void {
  withOperationFlags(hygiene.command('quarantine [file]'))
    .description('put aside what a rule takes, or the telephones of a file (one a line)')
    .option('--rule <name>', 'the id or the name of a rule, in place of a file')
    .option('--reason <text>', 'why, for those who read the history (default: the name of the rule or file)')
    .option('--until <date>', 'when they are due for a re-test; a date includes its whole day')
    .option('--yes', 'do it without asking')
    .action(async (file: string | undefined, flags: QuarantineFlags) => {
      if ((file === undefined) === (flags.rule === undefined))
        throw new UsageError('A file of telephones or --rule is needed: one of the two.');
      const api = new HygieneApi(flags);
      const until = flags.until === undefined ? {} : { until: await untilOf(api, flags.until) };
      const acts =
        file === undefined
          ? await byRule(api, await namedRule(api, flags.rule ?? ''), flags, until)
          : await byFile(api, file, flags, until);
      for (const { id, telephones_taken } of acts) {
        process.stdout.write(
          flags.json
            ? `${JSON.stringify({ id, telephones_taken })}\n`
            : `${telephones_taken} telephones are put aside. To undo it: recuento hygiene restore --id ${id}\n`,
        );
      }
    });
}

async function byRule(
  api: HygieneApi,
  rule: NamedRule,
  flags: QuarantineFlags,
  until: object,
): Promise<Taken[]> {
  const preview = await api.post<PreviewDocument>('preview', { rule_id: rule.id });
  if (!flags.json) process.stdout.write(`${previewTold(preview)}\n`);
  await consent(`Put ${preview.telephones_taken} telephones aside?`, flags.yes);
  const reason = flags.reason ?? rule.name;
  return [await api.post<Taken>('quarantine', { rule_id: rule.id, reason, ...until })];
}

async function byFile(
  api: HygieneApi,
  file: string,
  flags: QuarantineFlags,
  until: object,
): Promise<Taken[]> {
  const telephones = await telephonesIn(file);
  await consent(`Put the ${telephones.length} telephones of ${file} aside?`, flags.yes);
  const reason = flags.reason ?? file;
  const acts: Taken[] = [];
  for (const some of inCalls(telephones))
    acts.push(await api.post<Taken>('quarantine', { telephones: some, reason, ...until }));
  return acts;
}

async function untilOf(api: HygieneApi, date: string): Promise<string> {
  const names = { from: 'until', to: 'until' } as const;
  return reportWindow(date, date, await api.timeZone(), names).to;
}

interface RestoreFlags extends OperationFlags {
  readonly id?: string;
  readonly reason?: string;
}

/** `recuento hygiene restore`: puts telephones back, or undoes a quarantine. */
export function addHygieneRestore(hygiene: Command): void {
  withOperationFlags(hygiene.command('restore [file]'))
    .description('put back the telephones of a file (one a line), or undo a quarantine')
    .option('--id <id>', 'the id of a quarantine, in place of a file')
    .option('--reason <text>', 'why, for those who read the history')
    .action(async (file: string | undefined, { id, reason, ...flags }: RestoreFlags) => {
      if ((file === undefined) === (id === undefined))
        throw new UsageError('A file of telephones or --id is needed: one of the two.');
      const api = new HygieneApi(flags);
      const why = reason === undefined ? {} : { reason };
      const bodies =
        file === undefined
          ? [{ id }]
          : [...inCalls(await telephonesIn(file))].map((telephones) => ({ telephones }));
      let telephones_restored = 0;
      for (const body of bodies) {
        const reply = await api.post<{ telephones_restored: number }>('restore', { ...body, ...why });
        telephones_restored += reply.telephones_restored;
      }
      process.stdout.write(
        flags.json
          ? `${JSON.stringify({ telephones_restored })}\n`
          : `${telephones_restored} telephones are put back.\n`,
      );
    });
}

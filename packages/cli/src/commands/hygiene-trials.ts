import type { BacktestDocument, PreviewDocument } from '@recuento/contract';
import type { Command } from 'commander';
import { HygieneApi } from '../hygiene/api.js';
import { namedRule } from '../hygiene/named-rule.js';
import { backtestTold, previewTold, verdictsTold } from '../hygiene/told.js';
import { type OperationFlags, withOperationFlags } from '../operation-flags.js';
import { reportWindow } from '../report/window.js';
import { WIDTH_CHARS } from '../table.js';

interface PreviewFlags extends OperationFlags {
  readonly rule: string;
}

/** `recuento hygiene preview`: what a rule takes now. Nothing is changed. */
export function addHygienePreview(hygiene: Command): void {
  withOperationFlags(hygiene.command('preview'))
    .description('what a rule would put aside now; nothing is changed')
    .requiredOption(
      '--rule <name>',
      'the id or the name of a rule: careful, balanced, bold, or one of your own',
    )
    .action(async (flags: PreviewFlags) => {
      const api = new HygieneApi(flags);
      const rule = await namedRule(api, flags.rule);
      const found = await api.post<PreviewDocument>('preview', { rule_id: rule.id });
      if (flags.json) return print(`${JSON.stringify(found)}\n`);
      print(previewTold(found));
      if (found.sample.length > 0)
        print(`\n${verdictsTold(found.sample.slice(0, SAMPLE), process.stdout.columns ?? WIDTH_CHARS)}\n`);
    });
}

/** Telephones that a preview shows: what a terminal has room for. */
const SAMPLE = 20;

interface BacktestFlags extends PreviewFlags {
  readonly asOf: string;
  readonly until: string;
}

/** `recuento hygiene backtest`: what a rule would have saved and cost. */
export function addHygieneBacktest(hygiene: Command): void {
  withOperationFlags(hygiene.command('backtest'))
    .description('what a rule would have saved and cost, had it been applied at a date')
    .requiredOption('--rule <name>', 'the id or the name of a rule')
    .requiredOption('--as-of <date>', 'YYYY-MM-DD: what was known as that day began; or YYYY-MM-DDTHH:MM:SS')
    .requiredOption('--until <date>', 'count what came up to then; a date includes its whole day')
    .action(async (flags: BacktestFlags) => {
      const api = new HygieneApi(flags);
      const rule = await namedRule(api, flags.rule);
      const { from: as_of, to: until } = reportWindow(flags.asOf, flags.until, await api.timeZone(), {
        from: 'as-of',
        to: 'until',
      });
      const found = await api.post<BacktestDocument>('backtest', { rule_id: rule.id, as_of, until });
      print(flags.json ? `${JSON.stringify(found)}\n` : backtestTold(found));
    });
}

function print(text: string): void {
  process.stdout.write(text);
}

import { ConfigError, StartError } from '@recuento/server';
import { Command } from 'commander';
import { addCampaign } from './commands/campaign.js';
import { addDemo } from './commands/demo.js';
import { addHygiene } from './commands/hygiene.js';
import { addImport } from './commands/import.js';
import { addOperation } from './commands/operation.js';
import { addPull } from './commands/pull.js';
import { addReport } from './commands/report.js';
import { addServe } from './commands/serve.js';
import { addToken } from './commands/token.js';
import { UsageError } from './usage-error.js';

/** The command line. Exit codes: 0 done, 1 failed, 2 the command was not understood. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('recuento')
    .description('How every dial of an outbound operation ended, by telephone.')
    .version('0.1.0')
    .showHelpAfterError('(recuento --help lists the commands)')
    .configureOutput({ outputError: (text, write) => write(text) });
  program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  // After exitOverride: a subcommand inherits the settings that its parent has when the subcommand is added.
  addServe(program);
  addOperation(program);
  addToken(program);
  addCampaign(program);
  addImport(program);
  addReport(program);
  addHygiene(program);
  addPull(program);
  addDemo(program);
  // The reader of a pipe may stop early (`| head`). That is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof StartError || error instanceof UsageError))
      throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

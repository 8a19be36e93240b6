import type { Command } from 'commander';
import type { OperationFlags } from '../operation-flags.js';
import { askAndPrint, listed, single } from './accounts.js';

interface ShownOperation {
  readonly server: string;
  readonly name: string;
  readonly licences: number;
  readonly time_zone: string;
}

const COLUMNS = {
  server: (operation: ShownOperation) => operation.server,
  name: (operation: ShownOperation) => operation.name,
  licences: (operation: ShownOperation) => operation.licences,
  time_zone: (operation: ShownOperation) => operation.time_zone,
};

interface CreateFlags extends OperationFlags {
  readonly name: string;
  readonly licences: string;
  readonly timeZone?: string;
}

/** `recuento operation create|list`, with the administrator's token. */
export function addOperation(program: Command): void {
  const operation = program.command('operation').description("operations, with the administrator's token");
  operation
    .command('create <server>')
    .description('create an operation; its server code is letters and digits, such as 0042')
    .requiredOption('--name <name>', 'what people call it')
    .option('--licences <number>', 'a thousand calls a day each', '1')
    .option('--time-zone <zone>', 'whose days and hours count (default America/Bogota)')
    .option('--json', 'print the JSON of the server')
    .action((server: string, flags: CreateFlags) => {
      const { name, licences, timeZone: time_zone } = flags;
      const body = JSON.stringify({ server, name, licences: Number(licences), time_zone });
      return askAndPrint(
        flags,
        { method: 'POST', path: '/operations', body },
        single<ShownOperation>,
        COLUMNS,
      );
    });
  operation
    .command('list')
    .description('list the operations')
    .option('--json', 'print the JSON of the server')
    .action((flags: OperationFlags) =>
      askAndPrint(
        flags,
        { method: 'GET', path: '/operations' },
        listed<'operations', ShownOperation>('operations'),
        COLUMNS,
      ),
    );
}

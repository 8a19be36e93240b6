import { SCOPES } from '@recuento/contract';
import type { Command } from 'commander';
import { ApiClient } from '../api-client.js';
import { type OperationFlags, withOperationFlags } from '../operation-flags.js';
import { askAndPrint, listed, single } from './accounts.js';

interface ShownToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expires_at: string | null;
  /** Only in the reply that creates the token. */
  readonly token?: string;
}

const COLUMNS = {
  id: (token: ShownToken) => token.id,
  name: (token: ShownToken) => token.name,
  scopes: (token: ShownToken) => token.scopes.join(','),
  expires_at: (token: ShownToken) => token.expires_at ?? 'never',
};

interface CreateFlags extends OperationFlags {
  readonly name: string;
  readonly scopes: string;
  readonly expiresAt?: string;
}

/** `recuento token create|list|revoke`. */
export function addToken(program: Command): void {
  const token = program.command('token').description('tokens of an operation, with the scope admin');
  withOperationFlags(token.command('create'))
    .description('create a token; its secret is printed this once')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--scopes <scopes>', `comma separated: ${SCOPES.join(',')}`)
    .option('--expires-at <time>', 'RFC 3339 with an offset (default never)')
    .action((flags: CreateFlags) => {
      const { name, scopes, expiresAt: expires_at = null } = flags;
      const body = JSON.stringify({
        name,
        scopes: scopes.split(',').map((scope) => scope.trim()),
        expires_at,
      });
      const columns = { ...COLUMNS, token: (made: ShownToken) => made.token };
      return askAndPrint(flags, { method: 'POST', path: '/tokens', body }, single<ShownToken>, columns);
    });
  withOperationFlags(token.command('list'))
    .description('list the live tokens, without their secrets')
    .action((flags: OperationFlags) =>
      askAndPrint(flags, { method: 'GET', path: '/tokens' }, listed<'tokens', ShownToken>('tokens'), COLUMNS),
    );
  token
    .command('revoke <id>')
    .description('refuse a token from now on')
    .action(async (id: string) => {
      await ApiClient.fromEnvironment(process.env).json<null>({
        method: 'DELETE',
        path: `/tokens/${encodeURIComponent(id)}`,
      });
      process.stdout.write(`Token ${id} is revoked.\n`);
    });
}

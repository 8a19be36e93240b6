import type { Command } from 'commander';

/** Flags of every command that is about one operation. */
export interface OperationFlags {
  /** The operation's server code. Needed with the administrator's token only: any other token belongs to one operation. */
  readonly operation?: string;
  /** Print the server's JSON unchanged, for programs. */
  readonly json?: boolean;
}

export function withOperationFlags(command: Command): Command {
  return command
    .option('--operation <server>', "the operation it is about, with the administrator's token")
    .option('--json', 'print the JSON of the server');
}

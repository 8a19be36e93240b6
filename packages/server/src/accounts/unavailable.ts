/**
 * The accounts can't be asked or written now. Nothing of what was tried is there, but where the connection to a server ended, or
 * the server fell silent, while it was committed: then it may be.
 */
export class AccountsUnavailable extends Error {
  override readonly name = 'AccountsUnavailable';
  /**
   * `busy`: another process holds the file or the row, or the server has no connection left. `full`: the disk is full.
   * `failing`: the disk cannot be read or written, or the server cannot be reached.
   */
  readonly why: 'busy' | 'full' | 'failing';

  constructor(why: AccountsUnavailable['why'], cause: unknown) {
    super(`the accounts cannot be used: ${why}`, { cause });
    this.why = why;
  }
}

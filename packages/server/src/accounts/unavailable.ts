/**
 * The accounts can't be read or written now. Nothing of what was tried is stored, with one exception: it may be where the
 * connection to a server ended, or the server fell silent, during the commit.
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

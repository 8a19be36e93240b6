/** The accounts can't be asked or written now. Nothing of what was tried is there. */
export class AccountsUnavailable extends Error {
  override readonly name = 'AccountsUnavailable';
  /** `busy`: another process holds the file. `full`: its disk is full. `failing`: its disk cannot be read or written. */
  readonly why: 'busy' | 'full' | 'failing';

  constructor(why: AccountsUnavailable['why'], cause: unknown) {
    super(`the accounts cannot be used: ${why}`, { cause });
    this.why = why;
  }
}

/** A failure that is fully explained by its message, so no stack is shown. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

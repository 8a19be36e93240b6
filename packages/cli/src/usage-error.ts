/** A failure that its message explains whole: no stack is shown. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

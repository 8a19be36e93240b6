/** There is no room, and waiting longer would not help: the caller may come again. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

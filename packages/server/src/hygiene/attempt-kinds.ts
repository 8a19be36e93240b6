/**
 * What an attempt says of a person and of the line, as SQL over the columns of an attempt that holds.
 *
 * A person is reached when somebody took the call, and nobody heard a machine. A line shows life by anything that answers, and by
 * being busy (docs/glossary.md).
 */
export const REACHES_PERSON = `result IN ('answer', 'abandon', 'recall', 'do_not_call') AND amd != 'machine'`;

export const SHOWS_LIFE = `result IN ('answer', 'abandon', 'recall', 'do_not_call', 'answer_machine', 'busy')`;

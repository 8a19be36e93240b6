/**
 * What an attempt says of the number that was dialed, besides how it ended:
 *
 * - `line_lives`: the line works. It rang busy, or a machine or a person was on it.
 * - `number_invalid`: the network says that there is no such number. Strong evidence.
 * - `number_doubtful`: the number may be at fault, or the route. Weak evidence.
 * - `trunk_at_fault`: our trunk, account or switch is at fault. It says nothing against the number.
 * - `none`: nothing. The store has '' for it.
 */
export type NumberEvidence = 'none' | 'line_lives' | 'number_invalid' | 'number_doubtful' | 'trunk_at_fault';

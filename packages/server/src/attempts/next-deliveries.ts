/**
 * Gives out numbers of deliveries to an operation: the first of `count` in a row, all above those that were given out
 * before, whichever process took them. Rejects when whoever counts them cannot be reached.
 */
export type NextDeliveries = (operation_id: number, count: number) => Promise<number>;

/**
 * Gives out `count` consecutive delivery numbers of an operation and resolves with the first. All are above those given out before,
 * to whichever process. Rejects when the accounts, which count them, cannot be reached.
 */
export type NextDeliveries = (operation_id: number, count: number) => Promise<number>;

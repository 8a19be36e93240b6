/** Runs a write of so many bytes of rows, or refuses it before it begins (the disk's reserve). */
export type WriteGuard = <T>(bytes: number, work: () => Promise<T>) => Promise<T>;

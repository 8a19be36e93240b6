/** What one room holds, and how many it refused and cut. Never by operation: figures describe the service, and no one in it. */
export interface PoolFigures {
  /** In the room's own unit: bytes, or pieces. */
  readonly limit: number;
  readonly held: number;
  readonly waiting: number;
  /** How often somebody was refused and told to come again, since the start. */
  readonly refused: number;
  /** How often somebody was cut for holding up others, since the start. */
  readonly cut: number;
}

/** Every room behind the door, by its name. */
export type Figures = Readonly<Record<Pool, PoolFigures>>;

export type Pool =
  | 'bodies'
  | 'bodies_of_strangers'
  | 'replies'
  | 'imports'
  | 'workbooks'
  | 'learning'
  | 'requests'
  | 'connections'
  | 'turns';

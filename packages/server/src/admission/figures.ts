/** What one room has, had and turned away. Never by operation: figures tell of the service and of nobody in it. */
export interface PoolFigures {
  /** In the room's own unit: bytes, or pieces. */
  readonly limit: number;
  readonly held: number;
  readonly waiting: number;
  /** How often somebody was told to come again, since the start. */
  readonly refused: number;
  /** How often somebody was cut because he held up others, since the start. */
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
  | 'requests'
  | 'connections'
  | 'turns';

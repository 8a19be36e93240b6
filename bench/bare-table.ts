import type { Service } from '@recuento/server';

/**
 * A table of the shape of `told`, which waits for the disk at each insert: nothing else makes it durable. What the service
 * derives from `told` does not come along: the bare client has one table.
 */
export async function makeBareTable({ services: { engine } }: Service): Promise<void> {
  await engine.command('CREATE TABLE bare AS told');
  await engine.command('ALTER TABLE bare MODIFY SETTING fsync_after_insert = 1, fsync_part_directory = 1');
}

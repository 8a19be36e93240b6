import { FollowedRecords } from '@recuento/server';
import type { ApiClient } from '../api-client.js';
import { Follower } from '../follow/follow.js';
import { PositionFile } from '../follow/position.js';
import { UsageError } from '../usage-error.js';

/** `recuento import FORMAT FILE --follow`: sends what a dialer writes, until SIGTERM or SIGINT. */
export async function followFile(
  client: ApiClient,
  query: URLSearchParams,
  files: readonly string[],
  state: string | undefined,
): Promise<void> {
  const [file] = files;
  const format = query.get('format') ?? '';
  if (file === undefined || files.length > 1)
    throw new UsageError('--follow takes one file; start one command for each');
  if (format === 'auto') throw new UsageError('--follow takes a format by its name, not auto');
  if (file.endsWith('.gz'))
    throw new UsageError(`${file} is compressed: it does not grow. Import it without --follow.`);
  const subject = { format, campaign_id: query.get('campaign_id') ?? '' };
  const stop = new AbortController();
  // A second signal ends the command without waiting for the upload.
  const onSignal = () => (stop.signal.aborted ? process.exit(130) : stop.abort());
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal);
  try {
    const feed = {
      client,
      query,
      file,
      records: new FollowedRecords(format, query.get('map') ?? undefined),
      state: new PositionFile(state ?? `${file}.recuento-position`, subject),
      say: (message: string) => process.stdout.write(`${message}\n`),
    };
    await new Follower(feed, stop.signal).run();
  } finally {
    process.off('SIGTERM', onSignal).off('SIGINT', onSignal);
  }
}

import type { OperationCalls } from '../../../operation/calls.js';

/** What a list is sent with. It stays as it is when a part is sent again: then nothing is taken twice. */
export interface ListTerms {
  readonly reason: string;
  /** RFC 3339; null is until somebody puts the telephones back. */
  readonly until: string | null;
}

/** A list that is being put aside. A long one goes in parts, each of them an act. */
export interface Sending {
  readonly telephones: readonly string[];
  readonly terms: ListTerms;
  /** Telephones of which it is known that the service has them. */
  readonly sent: number;
  readonly taken: number;
  /** Ids of the acts. */
  readonly acts: readonly string[];
  readonly state: 'under way' | 'done' | 'failed';
  readonly error?: Error;
}

export function newSending(telephones: readonly string[], terms: ListTerms): Sending {
  return { telephones, terms, sent: 0, taken: 0, acts: [], state: 'under way' };
}

interface Taken {
  readonly id: string;
  readonly telephones_taken: number;
}

/**
 * Sends what is not sent yet, part after part, and tells of each. A part whose reply is lost may be done all the same; it is sent again
 * by whoever goes on, and takes nothing a second time.
 *
 * @param part_max telephones that one call takes
 */
export async function send(
  { documentOf }: Pick<OperationCalls, 'documentOf'>,
  from: Sending,
  part_max: number,
  tell: (now: Sending) => void,
): Promise<Sending> {
  let { error: _, ...now }: Sending = { ...from, state: 'under way' };
  tell(now);
  const parts = Math.ceil(from.telephones.length / part_max);
  while (now.sent < now.telephones.length) {
    const telephones = now.telephones.slice(now.sent, now.sent + part_max);
    const { reason, until } = now.terms;
    const part = Math.floor(now.sent / part_max) + 1;
    try {
      const body = { telephones, until, reason: parts === 1 ? reason : `${reason} (${part}/${parts})` };
      const { id, telephones_taken } = await documentOf<Taken>('/v1/hygiene/quarantine', {
        method: 'POST',
        body,
      });
      now = {
        ...now,
        sent: now.sent + telephones.length,
        taken: now.taken + telephones_taken,
        acts: [...now.acts, id],
      };
      tell(now);
    } catch (error) {
      const failed = {
        ...now,
        state: 'failed' as const,
        error: error instanceof Error ? error : new Error(),
      };
      tell(failed);
      return failed;
    }
  }
  const done = { ...now, state: 'done' as const };
  tell(done);
  return done;
}

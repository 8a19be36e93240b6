import { foldSpelling } from '@recuento/contract';
import { type Rejected, rejected, type Skipped, skipped } from '../../reading/reading.js';

/** The fields of a Grandstream UCM's record that show a call's direction; '' where the record has none. */
export interface Ways {
  /** `Call Type` of newer firmware, or `userfield`, which older firmware and operators also use for other things. */
  readonly told: string;
  /** Whether the column holds only the call's type, so that all of its words are known. */
  readonly is_type: boolean;
  readonly context: string;
  readonly channel: string;
  readonly dstchannel: string;
  readonly dst_extension: string;
  readonly src_trunk: string;
  readonly dst_trunk: string;
}

const INBOUND = skipped('inbound');
const INTERNAL = skipped('internal');

/**
 * Why a call was not dialed to a telephone, or undefined where it was. Grandstream's words: Outbound went from an extension
 * over a trunk, Inbound came from a trunk to an extension, Internal used no trunk, and External came by one trunk and went
 * out by another, so it dialed a telephone (UCM6xxx CDR and REC API guide, "CDR filter"). Without such a word the trunks
 * decide, then the names of the channels (`PJSIP/trunk_1-0000abcd`), then the context (`ext-did-1` came in, `ext-local` is
 * internal; the same guide, "Downloaded CDR file").
 */
export function notDialedOut(ways: Ways): Skipped | Rejected | undefined {
  switch (foldSpelling(ways.told)) {
    case 'outbound':
    case 'external':
      return undefined;
    case 'inbound':
      return INBOUND;
    case 'internal':
      return INTERNAL;
  }
  if (ways.is_type && ways.told !== '') return rejected("Call Type is none of Grandstream's");
  if (ways.dst_trunk !== '' || isOfTrunk(ways.dstchannel) || TRUNK.test(ways.dst_extension)) return undefined;
  if (ways.src_trunk !== '' || isOfTrunk(ways.channel) || /^ext-did/i.test(ways.context)) return INBOUND;
  return ways.dst_extension !== '' || /^ext-local/i.test(ways.context) ? INTERNAL : undefined;
}

/** The UCM's internal names of its trunks. */
const TRUNK = /^trunk_\d/i;

function isOfTrunk(channel: string): boolean {
  return TRUNK.test(channel.slice(channel.indexOf('/') + 1));
}

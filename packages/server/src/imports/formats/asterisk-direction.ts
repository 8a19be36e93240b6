import { isExtension, isLongNumber } from '../extension.js';
import { placeOf } from './asterisk-contexts.js';
import { type DialTarget, trunkOfChannel } from './dial-string.js';
import { type Skipped, skipped } from './format.js';

/** What of a row says who called whom; '' where it does not. */
export interface CallSides {
  readonly src: string;
  readonly dcontext: string;
  readonly channel: string;
  readonly dstchannel: string;
  readonly lastapp: string;
  /** What FreePBX writes of calls that an inbound route took. */
  readonly did: string;
  /** Of the dial string, where the last application was Dial. */
  readonly target: DialTarget;
  /** That the row would be an attempt to; undefined where it has none. */
  readonly telephone: string | undefined;
}

const INBOUND = skipped('inbound');
const INTERNAL = skipped('internal');

/**
 * Why a row is no call that was dialed out: it came in, or stayed in the house. undefined where nothing that is well known says
 * so: a row that is left out in error is a call lost, so in doubt it was dialed.
 *
 * A number that was dialed over a trunk was dialed, whatever else the row says.
 */
export function notDialedOut(row: CallSides): Skipped | undefined {
  const place = placeOf(row.dcontext);
  if (place === 'agent' || isAgentLeg(row.channel)) return byCaller(row);
  const dials = dialsNumber(row.target);
  if (dials && (place === undefined || place === 'dialing' || isLongNumber(row.target.telephone)))
    return undefined;
  switch (place) {
    case 'entrance':
      return INBOUND;
    case 'inside':
      return byCaller(row);
    case 'perhaps inside':
      if (row.telephone?.startsWith('*') || !isLongNumber(row.telephone ?? '')) return byCaller(row);
  }
  return byChannels(row, place === 'dialing');
}

/** By who called and what rang, where the context says nothing or is the one in which the house dials. */
function byChannels(row: CallSides, is_dialing: boolean): Skipped | undefined {
  const { channel, dstchannel, telephone = '', did } = row;
  const is_short = isExtension(telephone);
  if (isOfHouse(dstchannel)) {
    if (is_short && (isLocal(channel) || isOwnCaller(row))) return INTERNAL;
    if (isTrunk(channel) && !isOwnCaller(row) && (is_short || !is_dialing)) return INBOUND;
  }
  if (did !== '' && isTrunk(channel) && !isOwnCaller(row)) return INBOUND;
  // A telephone of the house that is not there: the call went to its mailbox.
  if (is_dialing && is_short && isOfHouse(channel) && MAILBOX.has(row.lastapp)) return INTERNAL;
  return undefined;
}

const MAILBOX: ReadonlySet<string> = new Set(['VoiceMail', 'VoiceMailMain']);

/** A leg of the house: one that came in over a trunk is of a call that came in. */
function byCaller(row: CallSides): Skipped {
  return isTrunk(row.channel) && !isOwnCaller(row) ? INBOUND : INTERNAL;
}

function isOwnCaller({ src, channel }: CallSides): boolean {
  return isOfHouse(channel) || isExtension(src);
}

/** A number over something that is no telephone of the house: `PJSIP/201/sip:201@10.0.0.7` is where one is registered. */
function dialsNumber({ telephone, trunk, is_contact }: DialTarget): boolean {
  return telephone !== '' && trunk !== '' && trunk !== telephone && !(is_contact && isExtension(trunk));
}

/** `SIP/101-0000b101`, `Agent/1001`: telephones of the house are called by extension; those with other names can't be told from trunks. */
function isOfHouse(channel: string): boolean {
  switch (technologyOf(channel)) {
    case 'agent':
      return true;
    case 'sip':
    case 'pjsip':
    case 'iax2':
    case 'sccp':
      return isExtension(trunkOfChannel(channel));
    default:
      // The number of a DAHDI channel is that of a port.
      return false;
  }
}

function isTrunk(channel: string): boolean {
  const technology = technologyOf(channel);
  return technology !== '' && technology !== 'local' && !isOfHouse(channel);
}

function isLocal(channel: string): boolean {
  return technologyOf(channel) === 'local';
}

/** `Local/101@from-queue-00000a1;2`: by it a queue rings an agent. */
function isAgentLeg(channel: string): boolean {
  return channel.includes('@from-queue') && isLocal(channel);
}

function technologyOf(channel: string): string {
  return channel.slice(0, Math.max(0, channel.indexOf('/'))).toLowerCase();
}

import { isExtension, isLongNumber } from '../../fields/extension.js';
import { type Skipped, skipped } from '../../reading/reading.js';
import { type DialTarget, trunkOfChannel } from '../dial-string.js';
import { AGENT_CHANNEL, type Place, placeOf } from './asterisk-contexts.js';

/** The fields of a row that show who called whom; '' where the row has none. */
export interface CallSides {
  readonly src: string;
  readonly dst: string;
  readonly dcontext: string;
  readonly channel: string;
  readonly dstchannel: string;
  readonly lastapp: string;
  /** The DID that FreePBX writes for calls taken by an inbound route. */
  readonly did: string;
  /** From the dial string, where the last application was Dial. */
  readonly target: DialTarget;
  /** The telephone of the attempt that the row would be; undefined where the row has none. */
  readonly telephone: string | undefined;
}

const INBOUND = skipped('inbound');
const INTERNAL = skipped('internal');

/**
 * Why a row is not a dialed call: it came in, or stayed inside. undefined where no well-known sign says so: leaving a row
 * out by mistake loses a call, so in doubt it counts as dialed.
 *
 * A number that was dialed over a trunk was dialed, whatever else the row says.
 */
export function notDialedOut(row: CallSides): Skipped | undefined {
  const place = placeOf(row.dcontext);
  if (place === 'agent' || isAgentLeg(row.channel)) return byCaller(row);
  if (dialsNumber(row) && (isLongNumber(row.target.telephone) || dialsAny(place, row))) return undefined;
  switch (place) {
    case 'entrance':
      return isExtension(row.src) && callsOut(row) ? undefined : INBOUND;
    case 'inside':
      return callsOut(row) ? undefined : byCaller(row);
    case 'perhaps inside':
      if (row.telephone?.startsWith('*') || !isLongNumber(row.telephone ?? '')) return byCaller(row);
  }
  return byChannels(row, place === 'dialing');
}

/**
 * Whether short numbers too are dialed over trunks in this context. A menu is an exception for a call that came over a
 * trunk: it passes the call on to an extension of another site.
 */
function dialsAny(place: Place | undefined, { channel }: CallSides): boolean {
  return place === undefined || place === 'dialing' || (place === 'perhaps inside' && !isTrunk(channel));
}

/**
 * Whether an extension called a long number, and neither another extension rang nor a `Local` channel, whose call has its
 * own row. People who write their own dialplan also use contexts named `incoming` or `macro-dial`.
 */
function callsOut({ channel, dstchannel, telephone = '' }: CallSides): boolean {
  return isOfHouse(channel) && isLongNumber(telephone) && !isOfHouse(dstchannel) && !isLocal(dstchannel);
}

/** Decides by the caller and by what rang, where the context shows nothing or is the one for internal dialing. */
function byChannels(row: CallSides, is_dialing: boolean): Skipped | undefined {
  const { src, channel, dstchannel, telephone = '', did } = row;
  const is_short = isExtension(telephone);
  // A program called this number over a trunk and shows it to the agent. No outside caller calls from the number that is
  // called.
  if (did === '' && src === telephone && isLongNumber(src)) return undefined;
  if (isOfHouse(dstchannel)) {
    if (is_short && (isLocal(channel) || isOwnCaller(row))) return INTERNAL;
    if (isTrunk(channel) && !isOwnCaller(row) && (is_short || !is_dialing)) return INBOUND;
  }
  if (did !== '' && isTrunk(channel) && !isOwnCaller(row)) return INBOUND;
  // The extension was not reached: the call went to its mailbox.
  if (is_dialing && is_short && isOfHouse(channel) && MAILBOX.has(row.lastapp)) return INTERNAL;
  return undefined;
}

const MAILBOX: ReadonlySet<string> = new Set(['VoiceMail', 'VoiceMailMain']);

/** For a leg inside the site: if it came over a trunk, its call came in. */
function byCaller(row: CallSides): Skipped {
  return isTrunk(row.channel) && !isOwnCaller(row) ? INBOUND : INTERNAL;
}

function isOwnCaller({ src, channel }: CallSides): boolean {
  return isOfHouse(channel) || isExtension(src);
}

/**
 * Whether a number was dialed over a trunk, not to a registered extension: `PJSIP/201/sip:201@10.0.0.7` is where an
 * extension is registered, under any name; `PJSIP/1001/sip:573001234567@10.0.0.7` is a trunk over which the dialed number
 * goes out.
 */
function dialsNumber({ dst, target: { telephone, trunk, is_contact } }: CallSides): boolean {
  if (telephone === '' || trunk === '' || trunk === telephone) return false;
  return (
    !(is_contact && isExtension(trunk)) || (isLongNumber(telephone) && dst.endsWith(telephone.slice(-7)))
  );
}

/** `SIP/101-0000b101`, `Agent/1001`: extensions have numbers as names. Extensions with other names cannot be told from trunks. */
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
      // The number in a DAHDI channel is that of a port.
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

/** `Local/101@from-queue-00000a1;2`: the channel with which a queue calls an agent. */
function isAgentLeg(channel: string): boolean {
  return channel.includes('@from-queue') && isLocal(channel) && AGENT_CHANNEL.test(channel);
}

function technologyOf(channel: string): string {
  return channel.slice(0, Math.max(0, channel.indexOf('/'))).toLowerCase();
}

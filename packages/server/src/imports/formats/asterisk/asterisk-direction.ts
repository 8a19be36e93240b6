import { isExtension, isLongNumber } from '../../fields/extension.js';
import { type Skipped, skipped } from '../../reading/reading.js';
import { type DialTarget, trunkOfChannel } from '../dial-string.js';
import { AGENT_CHANNEL, type Place, placeOf } from './asterisk-contexts.js';

/** What of a row says who called whom; '' where it does not. */
export interface CallSides {
  readonly src: string;
  readonly dst: string;
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
 * Whether short numbers, too, are dialed over trunks there. A menu passes on what came to it over a trunk: to an extension of
 * another house.
 */
function dialsAny(place: Place | undefined, { channel }: CallSides): boolean {
  return place === undefined || place === 'dialing' || (place === 'perhaps inside' && !isTrunk(channel));
}

/**
 * A telephone of the house called a long number, and neither another one rang nor a `Local` channel, whose call has a row of its
 * own: contexts of those who write their own dialplan are also called `incoming` or `macro-dial`.
 */
function callsOut({ channel, dstchannel, telephone = '' }: CallSides): boolean {
  return isOfHouse(channel) && isLongNumber(telephone) && !isOfHouse(dstchannel) && !isLocal(dstchannel);
}

/** By who called and what rang, where the context says nothing or is the one in which the house dials. */
function byChannels(row: CallSides, is_dialing: boolean): Skipped | undefined {
  const { src, channel, dstchannel, telephone = '', did } = row;
  const is_short = isExtension(telephone);
  // Whom a program called over a trunk: it shows the agent the number. Nobody outside calls from the number that is called.
  if (did === '' && src === telephone && isLongNumber(src)) return undefined;
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

/**
 * A number over something that is no telephone of the house: `PJSIP/201/sip:201@10.0.0.7` is where one is registered, under
 * whatever it likes, and `PJSIP/1001/sip:573001234567@10.0.0.7` a trunk over which the number goes out that was dialed.
 */
function dialsNumber({ dst, target: { telephone, trunk, is_contact } }: CallSides): boolean {
  if (telephone === '' || trunk === '' || trunk === telephone) return false;
  return (
    !(is_contact && isExtension(trunk)) || (isLongNumber(telephone) && dst.endsWith(telephone.slice(-7)))
  );
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
  return channel.includes('@from-queue') && isLocal(channel) && AGENT_CHANNEL.test(channel);
}

function technologyOf(channel: string): string {
  return channel.slice(0, Math.max(0, channel.indexOf('/'))).toLowerCase();
}

/** What an argument of Asterisk's Dial() names: the number, and the trunk that it went out over. '' where it names none. */
export interface DialTarget {
  readonly telephone: string;
  readonly trunk: string;
  /** It is the address of a registered device: `PJSIP/201/sip:201@10.0.0.7`. */
  readonly is_contact?: boolean;
}

export const NO_TARGET: DialTarget = { telephone: '', trunk: '' };

/**
 * The target of `lastdata` when `lastapp` is Dial: `target[&target...][,timeout[,options]]` (`|` before Asterisk 1.6). Of
 * several targets it is the one on the trunk `channel_trunk` (from dstchannel), else the first.
 */
export function dialTarget(lastdata: string, channel_trunk: string): DialTarget {
  const targets = until(until(lastdata, ','), '|');
  if (!targets.includes('&')) return oneTarget(targets);
  const all = targets.split('&').map(oneTarget);
  return all.find((target) => channel_trunk !== '' && target.trunk === channel_trunk) ?? all[0] ?? NO_TARGET;
}

/**
 * One target, by technology:
 *   PJSIP/number@trunk, SIP/number@trunk      chan_pjsip, chan_sip
 *   SIP/trunk/number, PJSIP/trunk/sip:number@host
 *   IAX2/[user[:password]@]trunk/number[@context]
 *   DAHDI/g1/number, DAHDI/1/number (also Zap) the group or span is the trunk
 *   Local/number@context[/options]            never leaves the switch by itself: a number but no trunk
 *   SIP/device                                no number: the dialed extension is elsewhere
 */
function oneTarget(target: string): DialTarget {
  const slash = target.indexOf('/');
  if (slash < 0) return NO_TARGET;
  const technology = target.slice(0, slash).trim().toLowerCase();
  const rest = target.slice(slash + 1);
  if (technology === 'local') return { telephone: until(until(rest, '/'), '@'), trunk: '' };
  const second = rest.indexOf('/');
  if (second >= 0) {
    const trunk = rest.slice(0, second);
    const written = rest.slice(second + 1);
    const number = written.replace(/^sips?:/i, '');
    return {
      telephone: until(until(number, '@'), '/'),
      trunk: trunk.slice(trunk.lastIndexOf('@') + 1),
      ...(number !== written && { is_contact: true }),
    };
  }
  const at = rest.lastIndexOf('@');
  if (at < 0) return NO_TARGET;
  return { telephone: rest.slice(0, at), trunk: until(rest.slice(at + 1), ':') };
}

/**
 * The trunk in a channel name: `PJSIP/trunk-0000abcd`, `SIP/trunk-02897fd8`, `DAHDI/i1/12484-1`. A channel name ends with
 * a hyphen and the channel's own number. Local channels have no trunk.
 */
export function trunkOfChannel(channel: string): string {
  const slash = channel.indexOf('/');
  if (slash < 0 || channel.slice(0, slash).toLowerCase() === 'local') return '';
  const rest = channel.slice(slash + 1);
  const second = rest.indexOf('/');
  if (second >= 0) return rest.slice(0, second);
  const hyphen = rest.lastIndexOf('-');
  return hyphen < 0 ? rest : rest.slice(0, hyphen);
}

function until(text: string, stop: string): string {
  const at = text.indexOf(stop);
  return at < 0 ? text : text.slice(0, at);
}

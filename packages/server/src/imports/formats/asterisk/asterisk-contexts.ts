/**
 * What the dialplan contexts of FreePBX and Issabel say of a call, by their names in `etc/extensions.conf` and
 * `functions.inc.php` of FreePBX's modules core, queues, ringgroups and ivr; `trunkinbound` is Vicidial's. A context whose
 * name is not here says nothing: people name their own as they like.
 */
export type Place =
  /** Calls from outside enter there. */
  | 'entrance'
  /** A telephone, a queue or a group of the house is rung there, whoever calls. */
  | 'inside'
  /** A menu, an announcement or a feature code is heard there; but such names (`from-queue-callback`) are also given to what dials. */
  | 'perhaps inside'
  /** A queue rings its agent there. */
  | 'agent'
  /** Telephones of the house dial there, each other and outwards. */
  | 'dialing';

const BY_NAME: ReadonlyMap<string, Place> = new Map<string, Place>([
  ...named('dialing', 'from-internal'), // most rows of FreePBX, so it is found at once
  ...named('agent', 'from-queue', 'from-queue-exten-only', 'from-queue-exten-internal'),
  ...named('entrance', 'from-digital', 'from-analog', 'from-sip-external', 'trunkinbound'),
  ...named('entrance', 'inbound', 'incoming', 'entrante', 'entrantes'),
  ...named('inside', 'ext-local', 'ext-local-confirm', 'ext-queues', 'ext-group', 'ext-findmefollow'),
  ...named('inside', 'ext-fax', 'ext-meetme', 'ext-paging', 'ext-intercom', 'ext-test', 'parkedcalls'),
  ...named('inside', 'macro-dial', 'macro-dial-one', 'macro-simple-dial', 'macro-exten-vm', 'macro-vm'),
]);

/** By how a name begins, at a hyphen or its end: FreePBX puts a trunk's name or a number behind it. */
const BY_BEGINNING: readonly (readonly [beginning: string, place: Place])[] = [
  ...['from-trunk', 'from-pstn', 'from-did', 'from-dahdi', 'from-zaptel', 'ext-did'].map(
    (beginning) => [beginning, 'entrance'] as const,
  ),
  ['from-internal', 'dialing'],
  ...['app', 'ivr', 'park', 'from-queue'].map((beginning) => [beginning, 'perhaps inside'] as const),
];

/** A `Local` channel into one of the contexts in which a queue rings its agent: `Local/101@from-queue/n-00000a1;2`. */
export const AGENT_CHANNEL = /@from-queue(?:-exten-(?:only|internal))?(?:\/[a-z]+)?-[0-9a-f]+[;,]?\d*$/i;

/** undefined where its name says nothing. */
export function placeOf(context: string): Place | undefined {
  if (context.length < SHORTEST) return undefined;
  const name = context.toLowerCase();
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  if (!FIRST_CHARS.has(name.charCodeAt(0))) return undefined;
  for (const [beginning, place] of BY_BEGINNING) {
    if (!name.startsWith(beginning)) continue;
    if (name.length === beginning.length || name.charAt(beginning.length) === '-') return place;
  }
  return undefined;
}

const SHORTEST = 'ivr-1'.length;
const FIRST_CHARS: ReadonlySet<number> = new Set(BY_BEGINNING.map(([beginning]) => beginning.charCodeAt(0)));

function named(place: Place, ...names: readonly string[]): [string, Place][] {
  return names.map((name) => [name, place]);
}

/**
 * What the dialplan contexts of FreePBX and Issabel show about a call. Their names are from `etc/extensions.conf` and
 * `functions.inc.php` of FreePBX's modules core, queues, ringgroups and ivr; `trunkinbound` is Vicidial's. Other contexts
 * show nothing, because people choose their names freely.
 */
export type Place =
  /** Calls from outside enter here. */
  | 'entrance'
  /** An internal extension, queue or ring group is called here, whoever calls. */
  | 'inside'
  /**
   * A menu, an announcement or a feature code is heard here. Contexts that dial can have such names too
   * (`from-queue-callback`).
   */
  | 'perhaps inside'
  /** A queue calls its agent here. */
  | 'agent'
  /** Extensions dial here: each other, and outwards. */
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

/** By the beginning of a name, up to a hyphen or the end: FreePBX appends a trunk's name or a number. */
const BY_BEGINNING: readonly (readonly [beginning: string, place: Place])[] = [
  ...['from-trunk', 'from-pstn', 'from-did', 'from-dahdi', 'from-zaptel', 'ext-did'].map(
    (beginning) => [beginning, 'entrance'] as const,
  ),
  ['from-internal', 'dialing'],
  ...['app', 'ivr', 'park', 'from-queue'].map((beginning) => [beginning, 'perhaps inside'] as const),
];

/** A `Local` channel into one of the contexts in which a queue calls its agent: `Local/101@from-queue/n-00000a1;2`. */
export const AGENT_CHANNEL = /@from-queue(?:-exten-(?:only|internal))?(?:\/[a-z]+)?-[0-9a-f]+[;,]?\d*$/i;

/** undefined where the context's name shows nothing. */
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

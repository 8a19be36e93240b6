/**
 * The error catalogue: every error a caller can meet, in one place.
 *
 * An entry's id is stable: programs and the docs page `docs/errors.md` refer to it. `error` and `msg` are the
 * documented API's wording (the vendor's own for 400, 401 and 403 where the field has seen it); `{name}` in a
 * message is filled by `RecuentoError`. A message never carries a stack, SQL, a path or a token.
 */
export interface CatalogueEntry {
  readonly status: number;
  readonly error: string;
  readonly msg: string;
  /** What makes it happen. */
  readonly cause: string;
  /** What the caller can do. */
  readonly remedy: string;
}

function entry(status: number, error: string, msg: string, cause: string, remedy: string): CatalogueEntry {
  return { status, error, msg, cause, remedy };
}

export const CATALOGUE = {
  // --- what was asked
  'unknown-api': entry(
    400,
    'BAD REQUEST',
    'THE API YOU WANT TO CONSULT DOES NOT EXIST',
    'The parameter `api` names no report of this path.',
    'Check its spelling: `api=campaign_8`.',
  ),
  'missing-parameters': entry(
    400,
    'BAD REQUEST',
    'SOME PARAMETERS ARE REQUIRED: {parameters}',
    'A required parameter is absent or empty.',
    'Send every parameter that the message names.',
  ),
  'bad-parameter': entry(
    400,
    'BAD REQUEST',
    'THE PARAMETER {parameter} IS NOT VALID: {form}',
    'A parameter does not have its form, or is given more than once.',
    'Send the parameter once, in the form that the message gives. Dates are YYYYmmddHHiiss.',
  ),
  'window-reversed': entry(
    400,
    'BAD REQUEST',
    'date_ini IS AFTER date_end',
    'The window ends before it starts.',
    'Swap the two dates.',
  ),
  'window-too-long': entry(
    400,
    'BAD REQUEST',
    'THE LIMIT IS {limit_days} DAYS AND {asked} WERE ASKED',
    'The window spans more calendar days than one call may cover.',
    'Ask for several windows; each next one starts one second after the last one ended.',
  ),
  'malformed-body': entry(
    400,
    'BAD REQUEST',
    'THE BODY CANNOT BE READ: {reason}',
    'The body is not JSON or NDJSON, not UTF-8, or its gzip stream is broken. Nothing was stored.',
    'Send the body again, whole, with the Content-Type and Content-Encoding that it really has.',
  ),
  'import-broken-off': entry(
    400,
    'BAD REQUEST',
    'THE IMPORT STOPPED BEFORE THE END OF THE FILE: {reason}',
    'The gzip stream of the file is broken or cut short, or the connection ended. Lines before that are stored.',
    'Import the whole file again: what is stored already counts as unchanged.',
  ),
  // --- who asked
  'token-missing': entry(
    401,
    'UNAUTHORIZED',
    'PLEASE ENTER THE WOLKVOX-TOKEN',
    'The request carries no token.',
    'Send the header `wolkvox-token`; /v1 takes `Authorization: Bearer` too.',
  ),
  'token-invalid': entry(
    403,
    'FORBIDDEN',
    'PLEASE VALIDATE TOKEN',
    'The token is unknown, revoked or expired, or `wolkvox_server` names another operation than the token.',
    'Use a live token of that operation; leave `wolkvox_server` out if unsure.',
  ),
  'signature-invalid': entry(
    403,
    'FORBIDDEN',
    'THE SIGNATURE OF THE REQUEST IS NOT VALID',
    'The callback does not carry the signature that the auth token of its operation makes, or the service has no such token.',
    'Set twilio_auth_tokens and public_url in the configuration file; the address must be the one that the caller was given.',
  ),
  'scope-missing': entry(
    403,
    'FORBIDDEN',
    'THE TOKEN LACKS THE SCOPE {scope}',
    'The token is valid but may not do this.',
    'Create a token with the scope that the message names.',
  ),
  'too-many-simultaneous': entry(
    403,
    'FORBIDDEN',
    'EXCEEDS THE LIMIT OF SIMULTANEOUS REQUESTS PER TOKEN ({limit})',
    'The token has as many requests under way as it may have.',
    'Wait until one has ended; use one token for each program.',
  ),
  'quota-exceeded': entry(
    403,
    'FORBIDDEN',
    'TOKEN LIMIT EXCEEDED',
    "The operation's calls of the day are used up: licences × 1,000, from midnight of its time zone.",
    'Wait for midnight (Retry-After says how long), or raise the licences.',
  ),
  // --- what is there
  'no-records': entry(
    404,
    'NOT FOUND',
    '0 records were found',
    'No telephone has a machine recognition in the window, or the campaign is unknown.',
    'Nothing to mend: this is how the documented API says "empty". An operation can ask for 200 instead.',
  ),
  'unknown-path': entry(
    404,
    'NOT FOUND',
    'THE PATH DOES NOT EXIST',
    'Nothing is served at this path.',
    'Check the path against the documentation.',
  ),
  'unknown-resource': entry(
    404,
    'NOT FOUND',
    'THE {resource} DOES NOT EXIST',
    'The operation, token, campaign or import that the request names is not there.',
    'Check the identifier; lists are under GET.',
  ),
  'method-not-allowed': entry(
    405,
    'METHOD NOT ALLOWED',
    'THE PATH ALLOWS {allow}',
    'The path exists but not with this method.',
    'Use one of the methods that the header Allow names.',
  ),
  conflict: entry(
    409,
    'CONFLICT',
    '{reason}',
    'What the request would create is there already, or an Idempotency-Key came with another body.',
    'Read what is there, or use a new key.',
  ),
  // --- how much was asked
  'too-many-rows': entry(
    413,
    'PAYLOAD TOO LARGE',
    'THE RESULT HAS {rows} ROWS AND THE LIMIT IS {limit}: SEND cursor= TO READ IT IN PAGES, OR NARROW THE WINDOW',
    'Without `cursor` a result above the limit is refused, never cut in silence.',
    'Send `cursor=` (empty to start) and follow `next_cursor`, or narrow the window.',
  ),
  'too-many-records': entry(
    413,
    'PAYLOAD TOO LARGE',
    'THE UPLOAD HAS {records} RECORDS AND THE LIMIT IS {limit}: SEND IT IN PARTS',
    'One upload holds more records than allowed. Nothing was stored.',
    'Cut it into parts; each is atomic and may be sent again.',
  ),
  'reply-too-large': entry(
    413,
    'PAYLOAD TOO LARGE',
    'THE REPLY HAS {bytes} BYTES AND THE LIMIT IS {limit}: NARROW THE WINDOW',
    'The reply would weigh more than one reply may.',
    'Narrow the window, or read page by page with `cursor`.',
  ),
  'body-too-large': entry(
    413,
    'PAYLOAD TOO LARGE',
    'THE BODY HAS MORE THAN {limit} BYTES: SEND IT IN PARTS',
    'The request body, after decompression, is larger than allowed. Nothing was stored.',
    'Cut it into parts.',
  ),
  'unsupported-media-type': entry(
    415,
    'UNSUPPORTED MEDIA TYPE',
    'SEND {accepted}',
    'The Content-Type or Content-Encoding is not one that this path reads.',
    'Send one that the message names.',
  ),
  'invalid-records': entry(
    422,
    'UNPROCESSABLE CONTENT',
    '{count} FIELDS ARE NOT VALID',
    'Fields or records do not fit their form; each is listed with index, field and reason. Nothing was stored.',
    'Mend the listed ones and send the whole again.',
  ),
  'wrong-file': entry(
    422,
    'UNPROCESSABLE CONTENT',
    'THE FILE IS NOT WHAT THE IMPORT EXPECTS: {reason}',
    'The file is not of the named format, or `auto` recognises none in it. Nothing was stored.',
    'Name the format that the file has; the message lists the formats or the columns that are missing.',
  ),
  'too-many-requests': entry(
    429,
    'TOO MANY REQUESTS',
    'TRY AGAIN IN {seconds} SECONDS',
    'Too many failed log-ins came from this address.',
    'Wait as long as Retry-After says.',
  ),
  'headers-too-large': entry(
    431,
    'REQUEST HEADER FIELDS TOO LARGE',
    'THE REQUEST LINE AND HEADERS HAVE MORE THAN {limit} BYTES',
    'The query string or a header is far larger than any valid one.',
    'Send parameters only as documented.',
  ),
  'malformed-request': entry(
    400,
    'BAD REQUEST',
    'THE REQUEST CANNOT BE READ AS HTTP',
    'The request line, a header or the path is not valid HTTP.',
    'Check the client; parameters must be percent-encoded.',
  ),
  // --- what went wrong here
  internal: entry(
    500,
    'INTERNAL SERVER ERROR',
    'REQUEST {request_id} FAILED',
    'A fault of the service. Nothing of it is shown, the log has it under the request id.',
    'Try again; if it stays, give the request id to whoever runs the service.',
  ),
  unavailable: entry(
    503,
    'SERVICE UNAVAILABLE',
    'THE SERVICE CANNOT ANSWER NOW: TRY AGAIN IN {seconds} SECONDS',
    'The store is not reachable, the service is stopping, or it is at its limit of work.',
    'Try again after Retry-After; an upload may be sent again safely.',
  ),
  'report-timeout': entry(
    504,
    'GATEWAY TIMEOUT',
    'THE REPORT RAN LONGER THAN {limit_ms} ms: NARROW THE WINDOW',
    'The call reached its time limit and was stopped.',
    'Narrow the window, or ask for one campaign instead of all.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorId = keyof typeof CATALOGUE;

/** One field of a request that does not fit: which record (absent outside lists), which field, and why. */
export interface FieldFault {
  readonly index?: number;
  readonly field: string;
  readonly reason: string;
}

export interface ErrorDetails {
  /** Fills `{name}` in the entry's message. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** The header Retry-After, where waiting helps. */
  readonly retry_after_s?: number;
  readonly faults?: readonly FieldFault[];
  /** What the log should keep; never sent. */
  readonly cause?: unknown;
}

/** An error that a caller may see: an entry of the catalogue with its blanks filled. */
export class RecuentoError extends Error {
  override readonly name = 'RecuentoError';
  readonly id: ErrorId;
  readonly details: ErrorDetails;

  constructor(id: ErrorId, details: ErrorDetails = {}) {
    super(fill(CATALOGUE[id].msg, details.values ?? {}), { cause: details.cause });
    this.id = id;
    this.details = details;
  }

  get status(): number {
    return CATALOGUE[this.id].status;
  }
}

function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (blank, name: string) => String(values[name] ?? blank));
}

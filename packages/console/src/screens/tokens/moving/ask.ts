/** What one call of `campaign_8` asks, as a program would. */
export interface Asked {
  readonly campaign: string;
  /** `YYYYmmddHHiiss` */
  readonly date_ini: string;
  readonly date_end: string;
  /** What is sent as `wolkvox_server`; undefined: the header is left out. */
  readonly server?: string;
}

/** What came back: the parts of the envelope by which programs go. */
export interface Answer {
  readonly status: number;
  /** `code` of the envelope, as it is written there: with quotes where it is a text. */
  readonly code: string;
  readonly code_type: 'number' | 'string' | 'none';
  readonly msg: string;
  /** Undefined: there were too many bytes to count them here. */
  readonly rows: number | undefined;
  /** By the clock of the service, to the second, in ms since 1970; undefined: a proxy took it away. */
  readonly at_ms: number | undefined;
}

/** Sixty thousand rows are some 10 MB. A reply that is much longer is not held by the page. */
const READ_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Calls `campaign_8` with a token, from the browser, as a program calls it: without the session's cookie. The token goes into the header
 * and nowhere else.
 *
 * @throws TypeError where no reply came
 */
export async function askCampaign8(token: string, asked: Asked, signal: AbortSignal): Promise<Answer> {
  const { campaign: campaign_id, date_ini, date_end, server } = asked;
  const query = new URLSearchParams({ api: 'campaign_8', campaign_id, date_ini, date_end });
  const reply = await fetch(`/api/v2/reports_manager.php?${query}`, {
    headers: { 'wolkvox-token': token, ...(server !== undefined && { wolkvox_server: server }) },
    credentials: 'omit',
    cache: 'no-store',
    signal,
  });
  const date = Date.parse(reply.headers.get('date') ?? '');
  return {
    status: reply.status,
    ...envelopeOf(await textOf(reply)),
    at_ms: Number.isNaN(date) ? undefined : date,
  };
}

/** The body; undefined where it is longer than what is read of one. */
async function textOf(reply: Response): Promise<string | undefined> {
  const reader = reply.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > READ_MAX_BYTES) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** What an envelope says: `{"code":200,"error":null,"msg":"…","data":[…]}`. Anything else says nothing. */
export function envelopeOf(text: string | undefined): Pick<Answer, 'code' | 'code_type' | 'msg' | 'rows'> {
  if (text === undefined) return { code: '', code_type: 'none', msg: '', rows: undefined };
  const { code, msg, data } = fieldsOf(text);
  const code_type = typeof code === 'number' || typeof code === 'string' ? typeof code : 'none';
  return {
    code: code_type === 'none' ? '' : JSON.stringify(code),
    code_type: code_type === 'number' || code_type === 'string' ? code_type : 'none',
    msg: typeof msg === 'string' ? msg : '',
    rows: Array.isArray(data) ? data.length : 0,
  };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? Object.fromEntries(Object.entries(parsed)) : {};
  } catch {
    return {};
  }
}

/** What a snippet asks for, with the operation's own values. None of them can hold a quote: see `isPlain`. */
export interface SnippetValues {
  /** The address of the service, as programs reach it. */
  readonly origin: string;
  readonly server: string;
  /** A campaign's number, or `all`. */
  readonly campaign: string;
  /** `YYYYmmddHHiiss`, in the wall time of the operation. */
  readonly date_ini: string;
  readonly date_end: string;
}

export const SNIPPET_LANGUAGES = ['cURL', 'PHP', 'Python', 'JavaScript'] as const;
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number];

const WRITERS: Readonly<Record<SnippetLanguage, (values: SnippetValues) => string>> = {
  cURL: curl,
  PHP: php,
  Python: python,
  JavaScript: javascript,
};

/** A whole program that asks for `campaign_8`. Its token comes from the environment: a secret has no place in a program. */
export function snippetOf(language: SnippetLanguage, values: SnippetValues): string {
  const odd = Object.entries(values).find(([, value]) => !isPlain(value));
  if (odd) throw new Error(`${odd[0]} does not fit into a program: ${odd[1]}`);
  return WRITERS[language](values);
}

/** Whether a text stands for itself between quotes, in every one of the languages. */
function isPlain(text: string): boolean {
  return /^[\w.:/[\]-]+$/.test(text);
}

function curl({ origin, server, campaign, date_ini, date_end }: SnippetValues): string {
  return `curl -sS -G '${origin}/api/v2/reports_manager.php' \\
  -H "wolkvox-token: $RECUENTO_TOKEN" \\
  -H 'wolkvox_server: ${server}' \\
  -d api=campaign_8 -d campaign_id=${campaign} \\
  -d date_ini=${date_ini} -d date_end=${date_end}`;
}

function php({ origin, server, campaign, date_ini, date_end }: SnippetValues): string {
  return `<?php
$query = http_build_query([
    'api' => 'campaign_8', 'campaign_id' => '${campaign}',
    'date_ini' => '${date_ini}', 'date_end' => '${date_end}',
]);
$curl = curl_init('${origin}/api/v2/reports_manager.php?' . $query);
curl_setopt_array($curl, [
    CURLOPT_HTTPHEADER => ['wolkvox-token: ' . getenv('RECUENTO_TOKEN'), 'wolkvox_server: ${server}'],
    CURLOPT_RETURNTRANSFER => true, CURLOPT_ENCODING => '', CURLOPT_TIMEOUT => 120,
]);
$reply = json_decode((string) curl_exec($curl), true) ?? exit('no reply: ' . curl_error($curl));
// 404: nothing in this window.
if ($reply['code'] != 200 && $reply['code'] != 404) {
    exit("{$reply['code']}: {$reply['msg']}\\n");
}
foreach ($reply['data'] as $row) {
    echo "{$row['telephone']} {$row['total_machine_recognitions']}\\n";
}
`;
}

function python({ origin, server, campaign, date_ini, date_end }: SnippetValues): string {
  return `import json, os, sys
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

query = urlencode({
    "api": "campaign_8", "campaign_id": "${campaign}",
    "date_ini": "${date_ini}", "date_end": "${date_end}",
})
request = Request(f"${origin}/api/v2/reports_manager.php?{query}", headers={
    "wolkvox-token": os.environ["RECUENTO_TOKEN"], "wolkvox_server": "${server}",
})
try:
    reply = json.load(urlopen(request, timeout=120))
except HTTPError as error:
    reply = json.load(error)
# 404: nothing in this window.
if str(reply["code"]) not in ("200", "404"):
    sys.exit(f"{reply['code']}: {reply['msg']}")
for row in reply["data"]:
    print(row["telephone"], row["total_machine_recognitions"])
`;
}

function javascript({ origin, server, campaign, date_ini, date_end }: SnippetValues): string {
  return `const query = new URLSearchParams({
  api: 'campaign_8', campaign_id: '${campaign}',
  date_ini: '${date_ini}', date_end: '${date_end}',
});
const response = await fetch(\`${origin}/api/v2/reports_manager.php?\${query}\`, {
  headers: { 'wolkvox-token': process.env.RECUENTO_TOKEN, wolkvox_server: '${server}' },
});
const { code, msg, data } = await response.json();
// 404: nothing in this window.
if (!['200', '404'].includes(String(code))) throw new Error(\`\${code}: \${msg}\`);
for (const row of data) console.log(row.telephone, row.total_machine_recognitions);
`;
}

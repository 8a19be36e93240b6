import { type ClientId, snippetz, type TargetId } from '@scalar/snippetz';
import type { ExampleCall } from '../openapi/example-call.js';

/** A call in a programming language, as a program that can be run unchanged. */
export interface Sample {
  readonly language: string;
  readonly code: string;
}

interface SampleLanguage {
  /** The usual name of the language or tool. */
  readonly label: string;
  readonly target: TargetId;
  readonly client: ClientId<TargetId>;
  /** The library writes only the call; this adds what makes it a program that shows the reply. */
  readonly whole?: (call: string) => string;
}

const LANGUAGES: readonly SampleLanguage[] = [
  { label: 'cURL', target: 'shell', client: 'curl' },
  { label: 'PHP', target: 'php', client: 'curl', whole: (call) => `<?php\n\n${call}` },
  {
    label: 'Python',
    target: 'python',
    client: 'requests',
    whole: (call) => `import requests\n\nresponse = ${call}\n\nprint(response.text)`,
  },
  {
    label: 'JavaScript',
    target: 'js',
    client: 'fetch',
    whole: (call) => `const response = await ${call};\n\nconsole.log(await response.text());`,
  },
  {
    label: 'C#',
    target: 'csharp',
    client: 'httpclient',
    whole: (call) => `${call}\n\nConsole.WriteLine(await response.Content.ReadAsStringAsync());`,
  },
  { label: 'Java', target: 'java', client: 'nethttp' },
  { label: 'Go', target: 'go', client: 'native' },
];

const WRITER = snippetz();

/** The call in every programming language. */
export function samplesOf(method: string, call: ExampleCall): readonly Sample[] {
  const request = {
    method,
    url: call.url,
    queryString: call.query.map(asPair),
    headers: call.headers.map(asPair),
    ...(call.body !== undefined && { postData: { mimeType: 'application/json', text: call.body } }),
  };
  return LANGUAGES.map(({ label, target, client, whole = (code) => code }) => ({
    language: label,
    code: whole(WRITER.print(target, client, request) ?? ''),
  }));
}

function asPair([name, value]: readonly [string, string]) {
  return { name, value };
}

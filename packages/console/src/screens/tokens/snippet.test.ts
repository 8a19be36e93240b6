import { expect, test } from 'vitest';
import { SNIPPET_LANGUAGES, snippetOf } from './snippet.js';

// That each of them runs is shown in packages/server/test/console/tokens.browser.test.ts.
const VALUES = {
  origin: 'https://recuento.example.com:8443',
  server: '0042',
  campaign: '1001',
  date_ini: '20261101000000',
  date_end: '20261130235959',
};

test.each(SNIPPET_LANGUAGES)('%s has the values of the operation, and a blank for the secret', (language) => {
  const code = snippetOf(language, VALUES);
  for (const value of Object.values(VALUES)) expect(code).toContain(value);
  expect(code).toContain('RECUENTO_TOKEN');
});

test.each(["a'b", 'a"b', 'a$(id)', 'a`b', 'a b', 'a\nb', 'a\\b', ''])(
  '%j is put into no program',
  (server) => {
    for (const language of SNIPPET_LANGUAGES) {
      expect(() => snippetOf(language, { ...VALUES, server })).toThrow('server does not fit');
    }
  },
);

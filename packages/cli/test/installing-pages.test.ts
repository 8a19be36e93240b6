import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The pages that people read, by their paths in the repository. */
function pages(): string[] {
  const at = (directory: string, recursive: boolean) =>
    readdirSync(join(ROOT, directory), { recursive, encoding: 'utf8' }).map((name) => join(directory, name));
  const readmes = at('packages', false).map((path) => join(path, 'README.md'));
  return [...at('.', false), ...at('docs', true), ...readmes].filter(
    (path) => path.endsWith('.md') && existsSync(join(ROOT, path)),
  );
}

/** A command that takes one of our packages by its name: from a registry. */
const FROM_A_REGISTRY =
  /\b(npm (install|i|add)|yarn add|pnpm (add|install)|npx (-y|--yes))( -\S+)* (@recuento\/|recuento(@|\s|$))/m;

test('no page tells anybody to install our packages from a registry: they are in none', () => {
  const all = pages();
  expect(all).toEqual(
    expect.arrayContaining([
      'README.md',
      'README.es.md',
      'docs/guide/client.md',
      'packages/client/README.md',
    ]),
  );
  for (const page of all) expect(readFileSync(join(ROOT, page), 'utf8'), page).not.toMatch(FROM_A_REGISTRY);
});

test.each(['npm install @recuento/client', 'npm i -g recuento', 'npx --yes recuento@0.1.0 demo'])(
  'such a command would be seen: %s',
  (command) => expect(`\`\`\`sh\n${command}\n\`\`\``).toMatch(FROM_A_REGISTRY),
);

test.each(['README.md', 'README.es.md', 'docs/guide/client.md', 'packages/client/README.md'])(
  '%s says how to install by tarball',
  (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    expect(text).toContain('npm run tarballs');
    expect(text).toMatch(/npm install \S*\.tgz/);
  },
);

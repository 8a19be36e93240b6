// Packs every package, so that they can be installed where there is no clone: `npm run tarballs [DIRECTORY]`.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const directory = resolve(process.argv[2] ?? 'tarballs');
mkdirSync(directory, { recursive: true });
const { status } = spawnSync('npm', ['pack', '--silent', '--workspaces', '--pack-destination', directory], {
  stdio: 'inherit',
  shell: process.platform === 'win32', // there npm is a script
});
if (status === 0) process.stdout.write(`Install them with: npm install ${directory}/*.tgz\n`);
process.exitCode = status ?? 1;

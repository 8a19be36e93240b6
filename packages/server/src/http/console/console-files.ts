import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A file that a browser loads for the console. */
export interface ConsoleFile {
  /** As the page names it: `/assets/index-B2x.js`. */
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** What the console is made of. */
export interface ConsoleFiles {
  /** The one page, which every screen is. */
  readonly page: string;
  /** Their names change with what is in them. */
  readonly assets: readonly ConsoleFile[];
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The files of the console's package, as it was built. @throws where it was not built */
export async function consoleFiles(): Promise<ConsoleFiles> {
  const built = new URL('dist/site/', import.meta.resolve('@recuento/console/package.json'));
  const names = await readdir(fileURLToPath(new URL('assets/', built)));
  const assets = names.flatMap((name) => {
    const type = TYPES[name.split('.').at(-1) ?? ''];
    return type === undefined ? [] : [{ name, type }];
  });
  return {
    page: await readFile(new URL('index.html', built), 'utf8'),
    assets: await Promise.all(
      assets.map(async ({ name, type }) => ({
        path: `/assets/${name}`,
        type,
        bytes: await readFile(new URL(`assets/${name}`, built)),
      })),
    ),
  };
}

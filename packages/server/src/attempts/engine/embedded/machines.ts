import process from 'node:process';

/** The properties of a machine that decide which native package of the engine it needs. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Whether a Linux has glibc, the C library that the engine is linked to. */
  readonly has_glibc: boolean;
}

/** The native packages by machine, the same as in the library's loader (chdb, `dist/loader.js`). */
export const NATIVE_PACKAGES: Readonly<Record<string, string>> = {
  'darwin arm64': '@chdb/lib-darwin-arm64',
  'darwin x64': '@chdb/lib-darwin-x64',
  'linux arm64': '@chdb/lib-linux-arm64-gnu',
  'linux x64': '@chdb/lib-linux-x64-gnu',
};

const CONTAINER = 'a container of Debian or Ubuntu, on x64 or ARM64';

/** Why there is no engine here, and what to do, in one sentence. `broken` is the error of a package that does not load. */
export function missingEngineSentence({ platform, arch, has_glibc }: Machine, broken?: string): string {
  if (platform === 'win32') return `The engine (chDB) does not run on Windows: use WSL 2, or ${CONTAINER}.`;
  const name = NATIVE_PACKAGES[`${platform} ${arch}`];
  if (name === undefined) return `The engine (chDB) is not made for ${platform} ${arch}: use ${CONTAINER}.`;
  if (platform === 'linux' && !has_glibc) {
    return `The engine (chDB) needs glibc, which this Linux (Alpine, perhaps) does not have: use ${CONTAINER}.`;
  }
  if (broken !== undefined) return `The engine's package ${name} does not load here: ${broken}`;
  return `The engine's package ${name} is not installed: install again (npm ci), with optional packages.`;
}

/** The machine that runs this process. */
export function thisMachine(): Machine {
  const { platform, arch } = process;
  return { platform, arch, has_glibc: platform === 'linux' && hasGlibc() };
}

/** Node's report has the version of glibc, if Node runs on glibc. */
function hasGlibc(): boolean {
  const report: unknown = process.report?.getReport();
  if (typeof report !== 'object' || report === null || !('header' in report)) return false;
  const { header } = report;
  return typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header;
}

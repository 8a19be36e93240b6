/** The rules of server codes, without a schema: the console has them too, and no browser needs to load the schemas for it. */

/** The code without the parts that the vendor's host names add. Leading zeros stay, because a code is shown as given. */
export function serverCodeOf(value: string): string {
  return value
    .trim()
    .replace(/\.wolkvox\.com$/i, '')
    .replace(/^wv/i, '');
}

/** The same key for all codes that mean one server: a number loses its leading zeros. */
export function serverKeyOf(code: string): string {
  return /^\d+$/.test(code) ? code.replace(/^0+(?=\d)/, '') : code;
}

/** Whether a code, in any spelling, means this server. */
export function isSameServer(named: string, server: string): boolean {
  return serverKeyOf(serverCodeOf(named)) === serverKeyOf(server);
}

/** Whether an operation can have this code, once the parts of host names are dropped. */
export function isServerCode(code: string): boolean {
  return /^[A-Za-z0-9]{1,32}$/.test(code);
}

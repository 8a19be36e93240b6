import { z } from 'zod';
import { described } from './language.js';

/** The server code of an operation, as programs of the vendor write it: `42`, `0042`, `wv0042`, `wv0042.wolkvox.com`. */
export const serverCodeSchema = described(
  z
    .string()
    .transform(serverCodeOf)
    .refine((value) => /^[A-Za-z0-9]{1,32}$/.test(value), 'is not 1 to 32 letters or digits'),
  {
    en: 'Server code: 1 to 32 letters or digits. What the vendor’s host names have around it (`wv`, `.wolkvox.com`) is dropped; codes that are numbers are the same without leading zeros.',
    es: 'Código de servidor: de 1 a 32 letras o dígitos. Lo que los nombres de servidor del proveedor llevan alrededor (`wv`, `.wolkvox.com`) se descarta; los códigos numéricos son iguales sin ceros a la izquierda.',
  },
  '0042',
);

/** Without what the vendor's host names have around a code. Leading zeros stay, as it is shown so. */
export function serverCodeOf(value: string): string {
  return value
    .trim()
    .replace(/\.wolkvox\.com$/i, '')
    .replace(/^wv/i, '');
}

/** What codes that mean one server have in common: of a number the digits without leading zeros. */
export function serverKeyOf(code: string): string {
  return /^\d+$/.test(code) ? code.replace(/^0+(?=\d)/, '') : code;
}

/** Whether a code, however it is written, means the server of another. */
export function isSameServer(named: string, server: string): boolean {
  return serverKeyOf(serverCodeOf(named)) === serverKeyOf(server);
}

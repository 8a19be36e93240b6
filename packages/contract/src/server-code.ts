import { z } from 'zod';
import { described } from './language.js';

/** The server code of an operation, as programs of the vendor write it: `42`, `0042`, `wv0042`, `wv0042.wolkvox.com`. */
export const serverCodeSchema = described(
  z
    .string()
    .transform(serverCodeOf)
    .refine((value) => /^[A-Za-z0-9]{1,32}$/.test(value), 'is not 1 to 32 letters or digits'),
  {
    en: 'Server code: 1 to 32 letters or digits. The parts that the vendor’s host names add to it (`wv`, `.wolkvox.com`) are dropped. Leading zeros do not matter in codes that are numbers.',
    es: 'Código de servidor: de 1 a 32 letras o dígitos. Las partes que le añaden los nombres de servidor del proveedor (`wv`, `.wolkvox.com`) se descartan. En los códigos numéricos no importan los ceros a la izquierda.',
  },
  '0042',
);

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

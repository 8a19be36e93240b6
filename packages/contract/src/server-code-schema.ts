import { z } from 'zod';
import { described } from './language.js';
import { isServerCode, serverCodeOf } from './server-code.js';

/** The server code of an operation, as programs of the vendor write it: `42`, `0042`, `wv0042`, `wv0042.wolkvox.com`. */
export const serverCodeSchema = described(
  z.string().transform(serverCodeOf).refine(isServerCode, 'is not 1 to 32 letters or digits'),
  {
    en: 'Server code: 1 to 32 letters or digits. The parts that the vendor’s host names add to it (`wv`, `.wolkvox.com`) are dropped. Leading zeros do not matter in codes that are numbers.',
    es: 'Código de servidor: de 1 a 32 letras o dígitos. Las partes que le añaden los nombres de servidor del proveedor (`wv`, `.wolkvox.com`) se descartan. En los códigos numéricos no importan los ceros a la izquierda.',
  },
  '0042',
);

import { useSay } from '../../../language/language.js';
import { CopyButton } from '../../../parts/copy-button.js';
import { Check } from './check.js';
import type { addressVerdict } from './verdict.js';

const WORDS = {
  title: { en: 'The address', es: 'La dirección' },
  put: {
    en: 'Put this in the place of the vendor’s address, up to /api:',
    es: 'Póngala en lugar de la dirección del proveedor, hasta /api:',
  },
  encrypted: {
    en: 'Programs send their token encrypted.',
    es: 'Los programas envían su token cifrado.',
  },
  this_machine: {
    en: 'It is that of this machine alone. Before programs of other machines call it, give it a host name and HTTPS.',
    es: 'Es solo de esta máquina. Antes de que la llamen programas de otras máquinas, dele un nombre de servidor y HTTPS.',
  },
  plain: {
    en: 'It is not encrypted: everybody on the way can read the token. Put a proxy with HTTPS in front of the service.',
    es: 'No está cifrada: cualquiera en el camino puede leer el token. Ponga delante del servicio un proxy con HTTPS.',
  },
} as const;

/** The base URL of the service, and whether tokens are safe on the way to it. */
export function AddressCheck({ verdict }: { readonly verdict: ReturnType<typeof addressVerdict> }) {
  const say = useSay();
  return (
    <Check title={say(WORDS.title)} standing={verdict.standing} found={say(WORDS[verdict.case])}>
      <p>{say(WORDS.put)}</p>
      <div className="actions">
        <code>{location.origin}</code>
        <CopyButton text={location.origin} />
      </div>
    </Check>
  );
}

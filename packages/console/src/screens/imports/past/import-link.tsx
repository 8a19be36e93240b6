import { Link } from 'wouter';
import { useSay } from '../../../language/language.js';
import { useWhere } from '../../../where/where.js';

const WORDS = { details: { en: 'Details', es: 'Detalles' } } as const;

/** The import that the address names: its details are open. */
export function useOpenImport(): { readonly id: string | undefined; readonly close: () => void } {
  const { params, change } = useWhere();
  return { id: params.get('import') ?? undefined, close: () => change({ import: undefined }) };
}

/** Opens the details of an import. */
export function ImportLink({ id, text }: { readonly id: string; readonly text?: string }) {
  const say = useSay();
  const { path, params, hrefOf } = useWhere();
  const before = params.get('before') ?? undefined;
  return <Link href={hrefOf(path, { import: id, before })}>{text ?? say(WORDS.details)}</Link>;
}

import { Problem } from '../../../api/problem.js';
import { useSay } from '../../../language/language.js';
import { Failure } from '../../../parts/failure.js';

const WORDS = {
  lost: {
    en: 'No answer came. It may be done or not; confirm again when the service answers: nothing is done twice.',
    es: 'No llegó respuesta. Puede que ya esté hecho. Confirme de nuevo cuando el servicio responda: nada se hace dos veces.',
  },
} as const;

/** Why telephones were not put back, or that it is not known. */
export function RestoreFailure({ error }: { readonly error: Error }) {
  const say = useSay();
  if (!(error instanceof Problem) || error.status !== 0) return <Failure error={error} />;
  return (
    <p role="alert" className="failure">
      {say(WORDS.lost)}
    </p>
  );
}

import { calibrationQuery } from '@recuento/contract';
import { calibrate } from '../../hygiene/chance/calibration.js';
import { instantText } from '../../time/instant-text.js';
import type { Handlers } from '../methods.js';
import { readQuery } from '../read-query.js';
import type { Services } from '../services.js';
import { momentOf } from './hygiene-call.js';
import { askForChance } from './hygiene-chance-call.js';
import type { NativeCalls } from './native-calls.js';

/** `/v1/hygiene/calibration`: the probabilities of a week ago against what happened since. */
export function hygieneCalibrationPath(services: Services, calls: NativeCalls): Handlers {
  return {
    GET: calls.ofOperation(['report'], async ({ request, reply, operation }) => {
      const question = readQuery(calibrationQuery, request.query);
      const asked = askForChance({ services, request, reply }, operation);
      const as_of_s = momentOf({ services }, question.as_of);
      const { trained_until_s, ...figures } = await asked.budget.run(() => calibrate(asked, as_of_s));
      return { ...figures, trained_until: instantText(trained_until_s) };
    }),
  };
}

import { entry } from './entry.js';

/** Failures of the service. */
export const SERVICE_ERRORS = {
  internal: entry({
    status: 500,
    error: 'INTERNAL SERVER ERROR',
    msg: 'REQUEST {request_id} FAILED',
    cause: {
      en: 'A fault of the service. The reply shows no details; the log has them under the request id.',
      es: 'Una falla del servicio. La respuesta no muestra detalles; el registro (log) los tiene bajo el identificador de la petición.',
    },
    remedy: {
      en: 'Try again. If it keeps failing, give the request id to the people who run the service.',
      es: 'Inténtelo de nuevo; si persiste, entregue el identificador de la petición a quien opera el servicio.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { request_id: '3f0c1d5e-8a52-4c0b-9d1f-6a7e2b94c018' } },
  }),
  unavailable: entry({
    status: 503,
    error: 'SERVICE UNAVAILABLE',
    msg: 'THE SERVICE CANNOT ANSWER NOW: TRY AGAIN IN {seconds} SECONDS',
    cause: {
      en: 'The store is not reachable, the service is stopping, or it is at its limit of work.',
      es: 'No se puede alcanzar el almacén, el servicio se está deteniendo, o llegó a su límite de trabajo.',
    },
    remedy: {
      en: 'Try again after Retry-After; an upload may be sent again safely.',
      es: 'Inténtelo de nuevo cuando pase el tiempo de Retry-After; una carga puede enviarse otra vez sin riesgo.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { seconds: 5 }, retry_after_s: 5 },
  }),
  'disk-full': entry({
    status: 503,
    error: 'SERVICE UNAVAILABLE',
    msg: 'THE DISK OF THE SERVICE IS FULL: TRY AGAIN IN {seconds} SECONDS',
    cause: {
      en: 'The disk with the data of the service is full, or only its reserve is left. Reports are still answered as long as calls can be counted.',
      es: 'El disco donde el servicio guarda sus datos está lleno, o solo le queda la reserva. Los reportes se siguen respondiendo mientras se puedan contar los consumos.',
    },
    remedy: {
      en: 'Tell the people who run the service, and try again after Retry-After. An upload may be sent again safely.',
      es: 'Avise a quien opera el servicio e inténtelo de nuevo cuando pase el tiempo de Retry-After: una carga puede enviarse otra vez sin riesgo.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { seconds: 30 }, retry_after_s: 30 },
  }),
  'report-timeout': entry({
    status: 504,
    error: 'GATEWAY TIMEOUT',
    msg: 'THE REPORT RAN LONGER THAN {limit_ms} ms: NARROW THE WINDOW',
    cause: {
      en: 'The call reached its time limit and was stopped.',
      es: 'La llamada llegó a su límite de tiempo y se detuvo.',
    },
    remedy: {
      en: 'Narrow the window, or ask for one campaign instead of all.',
      es: 'Reduzca la ventana, o pida una sola campaña en lugar de todas.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { limit_ms: 60_000 } },
  }),
};

import { entry } from './entry.js';

/** Parameters of a query string. */
export const QUESTION_ERRORS = {
  'unknown-api': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'THE API YOU WANT TO CONSULT DOES NOT EXIST',
    cause: {
      en: 'This path has no call with the name in `api`, or the path does not belong to the documented API. It is an error rather than an empty report: a wrong base address must not look like a day without calls.',
      es: 'Esta ruta no tiene un consumo con el nombre que trae `api`, o la ruta no es de la API documentada. Es un error y no un reporte vacío: una dirección base equivocada no debe parecer un día sin llamadas.',
    },
    remedy: {
      en: 'Check the spelling, `api=campaign_8`, and the path, which begins with `/api/v2/` right after the host. `campaigns` and `token_info` belong to `information.php`.',
      es: 'Revise cómo está escrito, `api=campaign_8`, y la ruta, que empieza con `/api/v2/` justo después del servidor. `campaigns` y `token_info` son de `information.php`.',
    },
    forms: ['envelope'],
    example: {},
  }),
  'api-not-served': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'THE API {api} IS NOT SERVED HERE: {reason}. SERVED ARE {served}',
    cause: {
      en: 'The vendor has this call, and this service does not: the call needs a dialer, or data that dial attempts do not have.',
      es: 'El proveedor tiene este consumo y este servicio no: el consumo necesita un marcador, o datos que los intentos de marcación no traen.',
    },
    remedy: {
      en: 'Use one of the calls that the message names, or ask the dialer. `/docs/served` lists what is served and what is not.',
      es: 'Use uno de los consumos que nombra el mensaje, o pídalo al marcador. `/docs/served` dice qué se sirve y qué no.',
    },
    forms: ['envelope'],
    example: {
      values: {
        api: 'start',
        reason: 'THE DIALER RUNS CAMPAIGNS: ASK IT THERE',
        served: 'campaign.php: add_record, add_dnc, create_campaign',
      },
    },
  }),
  'missing-parameters': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'SOME PARAMETERS ARE REQUIRED: {parameters}',
    cause: {
      en: 'A required parameter is absent or empty, has another name, or was sent in the body.',
      es: 'Un parámetro obligatorio falta o está vacío, tiene otro nombre, o vino en un cuerpo.',
    },
    remedy: {
      en: 'Send every parameter that the message names, with that spelling, in the query string.',
      es: 'Envíe todos los parámetros que nombra el mensaje, escritos así, en la cadena de consulta.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { parameters: 'campaign_id, date_ini' } },
  }),
  'bad-parameter': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'THE PARAMETER {parameter} IS NOT VALID: {form}',
    cause: {
      en: 'A parameter does not have the required form, or is given more than once.',
      es: 'Un parámetro no tiene la forma debida, o viene más de una vez.',
    },
    remedy: {
      en: 'Send the parameter once, in the form that the message gives. Dates of the documented API are `YYYYmmddHHiiss`.',
      es: 'Envíe el parámetro una sola vez, con la forma que indica el mensaje. Las fechas de la API documentada son `YYYYmmddHHiiss`.',
    },
    forms: ['envelope', 'problem'],
    example: {
      values: { parameter: 'date_ini', form: 'YYYYmmddHHiiss, 14 digits of a date and time that exist' },
    },
  }),
  'window-reversed': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'date_ini IS AFTER date_end',
    cause: {
      en: 'The window ends before it starts.',
      es: 'La ventana termina antes de empezar.',
    },
    remedy: { en: 'Swap the two dates.', es: 'Intercambie las dos fechas.' },
    forms: ['envelope'],
    example: {},
  }),
  'window-too-long': entry({
    status: 400,
    error: 'BAD REQUEST',
    msg: 'YOU ASKED FOR {asked} AND THE LIMIT IS {limit_days} DAYS',
    cause: {
      en: 'The window spans more calendar days than one call may cover.',
      es: 'La ventana abarca más días calendario de los que admite una llamada.',
    },
    remedy: {
      en: 'Ask for several windows. Each one starts one second after the end of the one before.',
      es: 'Pida varias ventanas. Cada una empieza un segundo después de que termina la anterior.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { limit_days: 31, asked: '31 DAYS AND 1 SECOND' } },
  }),
};

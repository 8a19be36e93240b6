import { entry } from './entry.js';

/** Things that do not exist, or exist already. */
export const EXISTENCE_ERRORS = {
  'no-records': entry({
    status: 404,
    error: 'NOT FOUND',
    msg: '0 records were found',
    cause: {
      en: 'The report has no rows: nothing that it lists happened in the window (`campaign_8` lists telephones with a machine recognition), or the operation has no such campaign.',
      es: 'El reporte no tiene filas: en la ventana no ocurrió nada de lo que lista (`campaign_8` lista teléfonos con un reconocimiento de máquina), o la operación no tiene esa campaña.',
    },
    remedy: {
      en: 'Nothing needs fixing: this is how the documented API says "empty". An operation can ask for 200 instead.',
      es: 'No hay nada que corregir: así dice "vacío" la API documentada. Una operación puede pedir 200 en su lugar.',
    },
    forms: ['envelope'],
    example: {},
  }),
  'unknown-path': entry({
    status: 404,
    error: 'NOT FOUND',
    msg: 'THE PATH DOES NOT EXIST',
    cause: {
      en: 'Nothing is served at this path.',
      es: 'No se sirve nada en esta ruta.',
    },
    remedy: {
      en: 'Check the path against the documentation.',
      es: 'Compare la ruta con la documentación.',
    },
    forms: ['problem'],
    example: {},
  }),
  'unknown-resource': entry({
    status: 404,
    error: 'NOT FOUND',
    msg: 'THE {resource} DOES NOT EXIST',
    cause: {
      en: 'The operation, token, campaign, import, webhook, rule, quarantine or alarm that the request names does not exist.',
      es: 'La operación, el token, la campaña, la importación, el webhook, la regla, la cuarentena o la alarma que nombra la petición no existe.',
    },
    remedy: {
      en: 'Check the identifier; a GET of the list, such as `/v1/imports`, has those that exist.',
      es: 'Revise el identificador; un GET de la lista, como `/v1/imports`, trae los que existen.',
    },
    forms: ['problem'],
    example: { values: { resource: 'IMPORT' } },
  }),
  'method-not-allowed': entry({
    status: 405,
    error: 'METHOD NOT ALLOWED',
    msg: 'THE PATH ALLOWS {allow}',
    cause: {
      en: 'The path exists but not with this method.',
      es: 'La ruta existe, pero no con este método.',
    },
    remedy: {
      en: 'Use one of the methods that the header Allow names.',
      es: 'Use uno de los métodos que nombra el encabezado Allow.',
    },
    forms: ['envelope', 'problem'],
    example: { values: { allow: 'GET, HEAD, OPTIONS' } },
  }),
  conflict: entry({
    status: 409,
    error: 'CONFLICT',
    msg: '{reason}',
    cause: {
      en: 'What the request would create exists already, an Idempotency-Key came with another body, an import cannot be taken back now, a webhook is being tested already, a rule that ships was to be changed, or the operation has as many tokens, webhooks or rules as it may.',
      es: 'Lo que la petición iba a crear ya existe, una Idempotency-Key llegó con otro cuerpo, una importación no se puede retirar ahora, un webhook ya se está probando, se iba a cambiar una regla incluida, o la operación ya tiene todos los tokens, webhooks o reglas que se permiten.',
    },
    remedy: {
      en: 'Read what exists already, use a new key, wait until the import or the test has ended, create a rule of your own, or remove a token, a webhook or a rule.',
      es: 'Consulte lo que ya existe, use una clave nueva, espere a que la importación o la prueba termine, cree una regla propia, o quite un token, un webhook o una regla.',
    },
    forms: ['problem'],
    example: { values: { reason: 'OPERATION 0042 EXISTS' } },
  }),
};

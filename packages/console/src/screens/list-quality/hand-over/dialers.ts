import { type ExportFormat, isPagedExport, type Text } from '@recuento/contract';

/** A dialer, or what takes the list in its place, in words. */
export interface Dialer {
  readonly format: ExportFormat;
  readonly title: Text;
  /** What it gets. */
  readonly about: Text;
  /** What the file is called. */
  readonly file: string;
  /** A line with a telephone, or with ids: heads and comments are none. */
  readonly entry: RegExp;
  /** Which telephones fit, where not all do. */
  readonly takes?: Text;
  /** What to do with the file, in order; what is between backticks is code. */
  readonly steps: readonly Text[];
  /** What a program asks for beside the choices, so that it reads the file best. */
  readonly for_programs?: Readonly<Record<string, string>>;
  /** A line for the dialer's machine, where there is one. */
  readonly command?: string;
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: the dialplan's own blanks
const DIALPLAN = 'exten => _X.,1,GotoIf(${DB_EXISTS(recuento/${EXTEN})}?aside,1)';

export const DIALERS: readonly Dialer[] = [
  {
    format: 'vicidial',
    title: { en: 'Vicidial', es: 'Vicidial' },
    about: { en: 'One telephone a line, for its DNC list', es: 'Un teléfono por línea, para su lista DNC' },
    file: 'vicidial-dnc.txt',
    entry: /^\d/,
    takes: { en: 'It takes 1 to 18 digits.', es: 'Recibe de 1 a 18 dígitos.' },
    steps: [
      {
        en: 'In Vicidial’s administration open Lists, then Add-Delete DNC Number.',
        es: 'En la administración de Vicidial abra Lists y luego Add-Delete DNC Number.',
      },
      {
        en: 'Choose `SYSTEM_INTERNAL` for all campaigns, or one campaign, and `add`. Paste the lines of the file and submit.',
        es: 'Elija `SYSTEM_INTERNAL` para todas las campañas, o una campaña, y `add`. Pegue las líneas del archivo y envíe.',
      },
      {
        en: 'See that the campaign looks at the list: Use Internal DNC List (or Use Campaign DNC List) is `Y`.',
        es: 'Verifique que la campaña consulte la lista: Use Internal DNC List (o Use Campaign DNC List) en `Y`.',
      },
      {
        en: 'Vicidial only adds. When telephones were put back here, take them away there with `delete`.',
        es: 'Vicidial solo agrega. Cuando aquí se devuelvan teléfonos, quítelos allá con `delete`.',
      },
    ],
  },
  {
    format: 'vicidial_api',
    title: { en: 'Vicidial, by its API', es: 'Vicidial, por su API' },
    about: {
      en: 'The calls that add each telephone, one a line',
      es: 'Las llamadas que agregan cada teléfono, una por línea',
    },
    file: 'vicidial-api.txt',
    entry: /^\{server\}/,
    takes: { en: 'It takes 6 to 18 digits.', es: 'Recibe de 6 a 18 dígitos.' },
    steps: [
      {
        en: 'Put your own address, user, password and campaign in place of `{server}`, `{user}`, `{pass}` and `{campaign_id}` in the file. The user needs level 8 and “modify lists”.',
        es: 'Ponga su dirección, usuario, clave y campaña en lugar de `{server}`, `{user}`, `{pass}` y `{campaign_id}` en el archivo. El usuario necesita nivel 8 y «modify lists».',
      },
      {
        en: 'Make the calls, one after another:',
        es: 'Haga las llamadas, una tras otra:',
      },
      {
        en: 'A telephone that is there already is answered with an error that does no harm.',
        es: 'Un teléfono que ya estaba responde con un error que no hace daño.',
      },
    ],
    command: 'grep -v \'^#\' vicidial-api.txt | while read -r call; do curl -sS "$call"; done',
  },
  {
    format: 'asterisk_astdb',
    title: { en: 'Asterisk', es: 'Asterisk' },
    about: {
      en: 'Lines for its own database, which replace the list that is there',
      es: 'Líneas para su propia base de datos, que reemplazan la lista que haya',
    },
    file: 'asterisk-astdb.txt',
    entry: /^database put /,
    takes: { en: 'It takes digits, `+`, `*` and `#`.', es: 'Recibe dígitos, `+`, `*` y `#`.' },
    steps: [
      { en: 'Copy the file to the machine of Asterisk.', es: 'Copie el archivo a la máquina de Asterisk.' },
      {
        en: `Ask before each call, in the dialplan: \`${DIALPLAN}\``,
        es: `Pregunte antes de cada llamada, en el plan de marcación: \`${DIALPLAN}\``,
      },
      { en: 'Load the lines:', es: 'Cargue las líneas:' },
      {
        en: 'Load a new file every night: it replaces the whole list, so what was put back here goes there too.',
        es: 'Cargue un archivo nuevo cada noche: reemplaza toda la lista, así que lo que se devuelve aquí también sale allá.',
      },
    ],
    command: 'while read -r line; do asterisk -rx "$line" </dev/null; done < asterisk-astdb.txt',
  },
  {
    format: 'asterisk_sql',
    title: { en: 'Asterisk or FreeSWITCH, by SQL', es: 'Asterisk o FreeSWITCH, por SQL' },
    about: {
      en: 'A table that the dialplan asks, replaced in one transaction',
      es: 'Una tabla que consulta el plan de marcación, reemplazada en una transacción',
    },
    file: 'asterisk.sql',
    entry: /^INSERT /,
    takes: { en: 'It takes digits, `+`, `*` and `#`.', es: 'Recibe dígitos, `+`, `*` y `#`.' },
    steps: [
      {
        en: 'Run the file in the database that the dialplan asks (MySQL, MariaDB, PostgreSQL or SQLite):',
        es: 'Ejecute el archivo en la base de datos que consulta el plan de marcación (MySQL, MariaDB, PostgreSQL o SQLite):',
      },
      {
        en: 'Ask before each call, by func_odbc or FreeSWITCH’s own ODBC: `SELECT COUNT(*) FROM recuento_do_not_dial WHERE telephone = …`',
        es: 'Pregunte antes de cada llamada, por func_odbc o el ODBC de FreeSWITCH: `SELECT COUNT(*) FROM recuento_do_not_dial WHERE telephone = …`',
      },
      {
        en: 'Run a new file every night: it replaces the whole table, so what was put back here goes there too.',
        es: 'Ejecute un archivo nuevo cada noche: reemplaza toda la tabla, así que lo que se devuelve aquí también sale allá.',
      },
    ],
    command: 'mysql asterisk < asterisk.sql',
  },
  {
    format: 'add_dnc',
    title: { en: 'A dialer with the documented API', es: 'Un marcador con la API documentada' },
    about: {
      en: 'Bodies of add_dnc, for the rest of the quarantine in days',
      es: 'Cuerpos de add_dnc, por lo que queda de la cuarentena en días',
    },
    file: 'add-dnc-1.json',
    entry: /\{/,
    steps: [
      {
        en: 'Each file is one call of 10,000 telephones at most. Send it, with the address and the token of the dialer:',
        es: 'Cada archivo es una llamada de a lo sumo 10.000 teléfonos. Envíelo, con la dirección y el token del marcador:',
      },
      {
        en: 'The block ends by itself, with the quarantine. Send a new file every night for what came since.',
        es: 'El bloqueo termina por sí solo, con la cuarentena. Envíe un archivo nuevo cada noche para lo que llegó desde entonces.',
      },
    ],
    command:
      'curl -sS --fail -X POST -H "wolkvox-token: $DIALER_TOKEN" -H \'Content-Type: application/json\' --data-binary @add-dnc-1.json "https://$DIALER/api/v2/campaign.php?api=add_dnc"',
  },
  {
    format: 'customer_ids',
    title: { en: 'The same API, customer by customer', es: 'La misma API, cliente por cliente' },
    about: {
      en: 'Ids for remove_record: customers of one campaign, all of whose telephones are in the list',
      es: 'Identificadores para remove_record: clientes de una campaña cuyos teléfonos están todos en la lista',
    },
    file: 'customer-ids-1.txt',
    entry: /./,
    takes: {
      en: 'It takes ids without commas, quotes and backslashes.',
      es: 'Recibe identificadores sin comas, comillas ni barras invertidas.',
    },
    steps: [
      {
        en: 'Choose the campaign above. Who has a telephone that is not in the list is not among them.',
        es: 'Elija la campaña arriba. Quien tenga algún teléfono fuera de la lista no aparece.',
      },
      {
        en: 'Send the ids to the dialer, with its address, token and campaign:',
        es: 'Envíe los identificadores al marcador, con su dirección, token y campaña:',
      },
      {
        en: 'A customer who was removed comes back with `recall_records`.',
        es: 'Un cliente retirado vuelve con `recall_records`.',
      },
    ],
    command:
      'curl -sS --fail -X DELETE -H "wolkvox-token: $DIALER_TOKEN" -H \'Content-Type: application/json\' -d "{\\"customer_id\\":\\"$(cat customer-ids-1.txt)\\"}" "https://$DIALER/api/v2/campaign.php?api=remove_record&campaign_id=$CAMPAIGN"',
  },
  {
    format: 'csv',
    title: { en: 'Another dialer, or a spreadsheet', es: 'Otro marcador, o una hoja de cálculo' },
    about: {
      en: 'Telephone, why, since and until when; for Twilio and others whose program you write',
      es: 'Teléfono, por qué, desde y hasta cuándo; para Twilio y otros cuyo programa escribe usted',
    },
    file: 'put-aside.csv',
    entry: /\d/,
    steps: [
      {
        en: 'Load the column of telephones into the dialer’s own do-not-call list, where it has one.',
        es: 'Cargue la columna de teléfonos en la lista «no llamar» del marcador, si la tiene.',
      },
      {
        en: 'Where it has none, as Twilio, let your program look into the list before each call.',
        es: 'Si no la tiene, como Twilio, haga que su programa consulte la lista antes de cada llamada.',
      },
      {
        en: 'The line below brings it for programs: with names as headings, and every text as it is.',
        es: 'La línea de abajo la trae para programas: con nombres como encabezados y cada texto tal cual.',
      },
    ],
    for_programs: { headings: 'names', csv_guard: 'off' },
  },
];

const [FIRST] = DIALERS;

/** The dialer of an address; the first, where it names none. */
export function dialerOf(name: string | null): Dialer {
  const found = DIALERS.find(({ format }) => format === name) ?? FIRST;
  if (!found) throw new Error('there is no dialer');
  return found;
}

/** What the file of a page is called. Those that come page by page are numbered. */
export function fileNameOf({ format, file }: Dialer, page: number): string {
  return isPagedExport(format) ? file.replace('-1.', `-${page}.`) : file;
}

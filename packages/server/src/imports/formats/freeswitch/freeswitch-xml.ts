import { SaxesParser } from 'saxes';
import { rejected } from '../../reading/reading.js';
import type { ImportFormat } from '../format.js';
import type { JsonObject } from '../json-object.js';
import { readFreeswitchCall } from './freeswitch-json.js';

/**
 * The documents of FreeSWITCH's mod_xml_cdr (switch_ivr_generate_xml_cdr): one `<cdr>` per leg, with `channel_data`,
 * `variables` (each URL-encoded), and `callflow` with the `caller_profile` and the `times`, the newest one first. They
 * have the fields of mod_json_cdr under the same names and are read the same way, so a call that comes in both forms, or
 * by the hook, is one attempt. Times are epochs, so no zone is needed.
 */
export const freeswitchXml: ImportFormat = {
  name: 'freeswitch-xml',
  cut: { into: 'xml' },
  takes: ['strip_prefix'],
  open: (context) => (text) => {
    const record = callOf(text);
    return typeof record === 'string' ? rejected(record) : readFreeswitchCall(record, context.trunks);
  },
  recognise: ({ text }) =>
    text.replaceAll('\x1e', '').trimStart().startsWith('<') &&
    /<cdr[\s>]/.test(text) &&
    text.includes('<variables>')
      ? 'XML with cdr and variables'
      : undefined,
};

/**
 * Elements and attributes of a document together, as many as values of a JSON record; a switch writes hundreds. (30,000
 * attributes, which fit into 256 KiB, took three times as long as anything else.)
 */
const ELEMENTS_MAX = 10_000;

/** The paths of the elements whose fields are read. Elements beside them, such as an originator's profile, are not. */
const READ = [
  'cdr/channel_data',
  'cdr/variables',
  'cdr/callflow/caller_profile',
  'cdr/callflow/times',
] as const;

/**
 * A document in the form of mod_json_cdr; or, as a string, its fault. If a name repeats, its first value counts; the same
 * holds for callflows. Only XML's own entities exist: a document type is a fault.
 */
function callOf(text: string): JsonObject | string {
  const call = fieldsOf(text);
  if (call !== NOT_XML) return call;
  const named = withNames(text);
  return named === text ? call : fieldsOf(named);
}

const NOT_XML = 'it is not XML';

/**
 * A dialplan may choose any name for a variable, and the switch writes it as a tag: `<5>`, `<set api_hangup_hook>`,
 * `<^^,default_language>` (FusionPBX repairs such tags too, app/xml_cdr/resources/classes/xml_cdr.php). Their content is
 * not read.
 */
function withNames(text: string): string {
  return text.replace(TAG, (tag, slash: string, name: string) =>
    NAME.test(name) || name.includes('="') ? tag : `<${slash}_>`,
  );
}

const TAG = /<(\/?)([^<>?!/][^<>]*)>/g;
const NAME = /^[A-Za-z_][\w.-]*\/?$/;

function fieldsOf(text: string): JsonObject | string {
  const fields = new Map<string, Map<string, string>>(READ.map((path) => [path, new Map()]));
  try {
    readFields(text, fields);
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
  const of = (where: (typeof READ)[number]): JsonObject => Object.fromEntries(fields.get(where) ?? []);
  const variables = of('cdr/variables');
  return {
    channel_data: of('cdr/channel_data'),
    ...(Object.keys(variables).length > 0 && { variables }),
    callflow: [{ caller_profile: of('cdr/callflow/caller_profile'), times: of('cdr/callflow/times') }],
  };
}

/** The fault of a document. It is thrown to stop the parser, which would otherwise continue after an error. */
class Broken extends Error {
  override readonly name = 'Broken';
}

/** @throws Broken */
function readFields(text: string, fields: ReadonlyMap<string, Map<string, string>>): void {
  const path: string[] = [];
  let [elements, callflows, value] = [0, 0, ''];
  const parser = new SaxesParser();
  parser.on('error', () => {
    throw new Broken(NOT_XML);
  });
  parser.on('doctype', () => {
    throw new Broken('it has a document type');
  });
  const count = () => {
    elements += 1;
    if (elements > ELEMENTS_MAX) throw new Broken(`it has more than ${ELEMENTS_MAX} elements`);
  };
  parser.on('attribute', count);
  parser.on('opentag', ({ name }) => {
    count();
    path.push(name);
    if (path.length === 2 && name === 'callflow') callflows += 1;
    value = '';
  });
  const addText = (piece: string) => {
    value += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', ({ name }) => {
    path.pop();
    const of = path.length <= DEPTH_READ ? fields.get(path.join('/')) : undefined;
    if (of !== undefined && !of.has(name) && !(path[1] === 'callflow' && callflows > 1)) of.set(name, value);
    value = '';
  });
  parser.write(text).close();
}

/** Levels above a field that is read. */
const DEPTH_READ = 3;

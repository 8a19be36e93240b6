// A ClickHouse server made of the embedded engine's own library: `clickhouse local`, told to listen. It ends with whoever
// started it: by its death signal, and by descriptor 3, which ends with it.
//
// node clickhouse-child.mjs LIBRARY CONFIG DIRECTORY HTTP_PORT TCP_PORT
import { createReadStream, writeSync } from 'node:fs';
import process from 'node:process';
import { DataType, load, open } from 'ffi-rs';

const [library, config, directory, http_port, tcp_port] = process.argv.slice(2);
const end = () => process.kill(process.pid, 'SIGKILL');
createReadStream('', { fd: 3 }).on('end', end).on('error', end).resume();

open({ library: 'engine', path: library });
open({ library: 'system', path: process.platform === 'linux' ? 'libc.so.6' : 'libSystem.dylib' });
const { I32, String: Text, StringArray, External } = DataType;

/** A call of the C library that answers with a number, below zero where it failed. */
function system(funcName, ...args) {
  const paramsType = args.map((arg) => (typeof arg === 'string' ? Text : I32));
  const answer = Number(load({ library: 'system', funcName, retType: I32, paramsType, paramsValue: args }));
  if (answer < 0) throw new Error(`${funcName} failed`);
  return answer;
}

function nameOf(terminal) {
  const [paramsType, paramsValue] = [[I32], [terminal]];
  return String(load({ library: 'system', funcName: 'ptsname', retType: Text, paramsType, paramsValue }));
}

if (process.platform === 'linux') {
  // Also of a child that is stopped, which reads no descriptor.
  const [PR_SET_PDEATHSIG, SIGKILL] = [1, 9];
  system('prctl', PR_SET_PDEATHSIG, SIGKILL);
}

// The library of 26.7 ends the process on a connection that is reset, unless its standard input is a terminal.
const O_RDWR = 2;
const terminal = system('posix_openpt', O_RDWR);
system('grantpt', terminal);
system('unlockpt', terminal);
const other_end = system('open', nameOf(terminal), O_RDWR);
system('dup2', other_end, 0);

const args = [
  'clickhouse',
  ...['--config-file', config, '--path', `${directory}/data`, '--history_file', `${directory}/history`],
  ...['--listen_host=127.0.0.1', `--http_port=${http_port}`, `--tcp_port=${tcp_port}`],
  ...['--log-level=warning', '--interactive'],
];
const running = Promise.resolve(
  load({
    library: 'engine',
    funcName: 'chdb_query_cmdline',
    retType: External,
    paramsType: [I32, StringArray],
    paramsValue: [args.length, args],
    runInNewThread: true,
  }),
);
running.then(end, end);

// It reads them when it is ready.
writeSync(terminal, 'SYSTEM START LISTEN TCP;\nSYSTEM START LISTEN HTTP;\n');

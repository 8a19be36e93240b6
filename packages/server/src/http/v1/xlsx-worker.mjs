// Makes a workbook in a thread of its own, as it takes seconds. This file is plain JavaScript, because the code that
// starts the thread may be compiled or not.
import { parentPort, workerData } from 'node:worker_threads';
import writeXlsxFile from 'write-excel-file/node';

/** Width of a column, in characters. */
const WIDTH = 18;

/** `rows` are JSON arrays, one a line. */
const { headings, rows } = workerData;

const head = headings.map((value) => ({ value, type: String, fontWeight: 'bold' }));
const body = Buffer.from(rows)
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) =>
    JSON.parse(line).map((value) =>
      value === null ? null : { value, type: typeof value === 'number' ? Number : String },
    ),
  );

const columns = headings.map(() => ({ width: WIDTH }));
const file = await writeXlsxFile([head, ...body], { columns, stickyRowsCount: 1 }).toBuffer();
parentPort.postMessage(file);

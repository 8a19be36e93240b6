/** Empties the fields that MySQL's client (`NULL`) and its INTO OUTFILE (`\N`) write for what is not there. */
export function withoutNulls(fields: string[]): void {
  for (let at = 0; at < fields.length; at += 1) {
    if (fields[at] === 'NULL' || fields[at] === '\\N') fields[at] = '';
  }
}

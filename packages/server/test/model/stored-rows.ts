/** A row as the journal has it, read by the format's own description, with every column as a text. */
export type StoredRow = Readonly<Record<string, string>>;

/** Rows of the engine's `RowBinary`, in the columns of `told`. @throws RangeError where they end within a row */
export function storedRows(bytes: Buffer): StoredRow[] {
  const rows: StoredRow[] = [];
  const reader = new Reader(bytes);
  while (!reader.isAtEnd()) {
    rows.push({
      delivery: String(reader.take(8, (at) => bytes.readBigUInt64LE(at))),
      import: String(reader.take(4, (at) => bytes.readUInt32LE(at))),
      rank: String(reader.take(8, (at) => bytes.readBigUInt64LE(at))),
      operation_id: String(reader.take(4, (at) => bytes.readUInt32LE(at))),
      campaign_id: String(reader.take(4, (at) => bytes.readUInt32LE(at))),
      dialed_at: String(reader.take(4, (at) => bytes.readUInt32LE(at))),
      telephone: reader.text(),
      attempt_id: reader.text(),
      result: String(reader.take(1, (at) => bytes.readInt8(at))),
      amd: String(reader.take(1, (at) => bytes.readInt8(at))),
      duration_seconds: reader.maybe(4, (at) => bytes.readUInt32LE(at)),
      trunk: reader.text(),
      sip: reader.maybe(2, (at) => bytes.readUInt16LE(at)),
      cause: reader.maybe(1, (at) => bytes.readUInt8(at)),
      evidence: String(reader.take(1, (at) => bytes.readInt8(at))),
      said: reader.text(),
      agent_id: reader.text(),
      customer_id: reader.text(),
      record: JSON.stringify(reader.map()),
    });
  }
  return rows;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  take<Value>(size: number, read: (at: number) => Value): Value {
    const value = read(this.#at);
    this.#at += size;
    return value;
  }

  maybe(size: number, read: (at: number) => number): string {
    const is_null = this.take(1, (at) => this.#bytes.readUInt8(at)) === 1;
    return is_null ? 'NULL' : String(this.take(size, read));
  }

  text(): string {
    const length = this.#varint();
    if (this.#at + length > this.#bytes.length) throw new RangeError('a text is cut off');
    return this.take(length, (at) => this.#bytes.toString('utf8', at, at + length));
  }

  map(): Record<string, string> {
    const entries = this.#varint();
    return Object.fromEntries(Array.from({ length: entries }, () => [this.text(), this.text()]));
  }

  #varint(): number {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.take(1, (at) => this.#bytes.readUInt8(at));
      value += (byte % 128) * unit;
      if (byte < 128) return value;
    }
  }
}

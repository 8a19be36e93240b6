/** A parameter of the type Array(UInt64) or Array(Float64). */
export function numberList(numbers: Iterable<number | bigint>): string {
  return `[${[...numbers].join(',')}]`;
}

/** A parameter of the type Array(String). */
export function textList(texts: Iterable<string>): string {
  return `[${Array.from(texts, (text) => `'${text.replace(/[\\']/g, '\\$&')}'`).join(',')}]`;
}

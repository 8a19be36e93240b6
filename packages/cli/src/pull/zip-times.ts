/** Signatures and offsets of the ZIP format (APPNOTE.TXT, 4.3.7, 4.3.12, 4.3.16). */
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** 1980-01-01 00:00, the earliest time of the format; the date is in the upper half. */
const FIRST_TIME = 0x00210000;

/** Overwrites the times of the files in an archive, in place, so that the same rows give the same bytes. */
export function withoutZipTimes(archive: Buffer): Buffer {
  const end = archive.length - END_BYTES;
  if (end < 0 || archive.readUInt32LE(end) !== END_SIGNATURE)
    throw new Error('not a ZIP archive without a comment');
  let entry = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(entry) !== ENTRY_SIGNATURE)
      throw new Error('the directory of the archive is broken');
    archive.writeUInt32LE(FIRST_TIME, entry + 12);
    archive.writeUInt32LE(FIRST_TIME, archive.readUInt32LE(entry + 42) + 10);
    const [name, extra, comment] = [28, 30, 32].map((at) => archive.readUInt16LE(entry + at));
    entry += ENTRY_BYTES + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return archive;
}

/** Size of one value of a TIFF field, bytes, by its type. https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf, p. 15 */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** The tag of the directory that says where a photo was taken. */
const GPS_TAG = 0x8825;
const FIELD_BYTES = 12;
/** Maximum number of fields of a directory that are read: cameras write fewer, and a forged one costs nothing. */
const MAXIMUM_FIELDS = 200;
const EXIF = Buffer.from('Exif\0\0', 'latin1');
const XMP = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;

/**
 * Removes where a photo was taken from a JPEG, in place; the picture and everything else in it stay. What is damaged or
 * is another format stays as it is. `head`: the beginning of the file, where cameras write this.
 */
export function removeLocation(head: Buffer): void {
  if (head.readUInt16BE(0) !== 0xffd8) return;
  for (let at = 2; at + 4 <= head.length && head[at] === 0xff && head[at + 1] !== START_OF_SCAN; ) {
    const end = at + 2 + head.readUInt16BE(at + 2);
    if (end <= at + 2 || end > head.length) return;
    const segment = head.subarray(at + 4, end);
    if (head[at + 1] === APP1 && segment.subarray(0, EXIF.length).equals(EXIF)) clearGps(segment.subarray(EXIF.length));
    // The same may stand in a text beside it. Blank, it says nothing.
    const isText = head[at + 1] === APP1 && segment.subarray(0, XMP.length).equals(XMP);
    if (isText && segment.includes('GPS')) segment.fill(' ', XMP.length);
    at = end;
  }
}

/** Empties the directory of positions in the TIFF structure that Exif is written in. */
function clearGps(tiff: Buffer): void {
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const has = (at: number, bytes: number): boolean => at >= 0 && at + bytes <= tiff.length;
  const short = (at: number): number => (has(at, 2) ? (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : 0);
  const long = (at: number): number => (has(at, 4) ? (isLittle ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at)) : 0);
  const fieldsOf = (directory: number): number[] =>
    Array.from(
      { length: Math.min(short(directory), MAXIMUM_FIELDS) },
      (_, i) => directory + 2 + i * FIELD_BYTES,
    ).filter(at => has(at, FIELD_BYTES));
  const field = fieldsOf(long(4)).find(at => short(at) === GPS_TAG);
  if (field === undefined) return;
  const directory = long(field + 8);
  for (const at of fieldsOf(directory)) {
    const bytes = (VALUE_BYTES[short(at + 2)] ?? 0) * long(at + 4);
    const from = long(at + 8);
    if (bytes > 4 && has(from, bytes)) tiff.fill(0, from, from + bytes);
    tiff.fill(0, at, at + FIELD_BYTES);
  }
  if (has(directory, 2)) tiff.fill(0, directory, directory + 2);
}

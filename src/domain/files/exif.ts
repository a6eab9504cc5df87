import type { Bytes } from './bytes.ts';

/** Size of one value of a TIFF field, bytes, by its type. https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf, p. 15 */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** The tag of the directory that says where a photo was taken. */
const GPS_TAG = 0x8825;
/** The tag of a text in XMP. */
const XMP_TAG = 0x02bc;
const FIELD_BYTES = 12;
/** Maximum number of fields of a directory that are read: cameras write fewer, and a forged one costs nothing. */
const MAXIMUM_FIELDS = 200;
const HEAD = 'Exif\0\0';
const SPACE = 0x20;

/** Empties the directory of positions in the TIFF structure that Exif is written in, with or without its name before it. */
export function clearGps(exif: Bytes): void {
  const tiff = exif.text(0, HEAD.length) === HEAD ? exif.sub(HEAD.length) : exif;
  const isLittle = tiff.text(0, 2) === 'II';
  const short = (at: number): number => tiff.uint(at, 2, isLittle);
  const long = (at: number): number => tiff.uint(at, 4, isLittle);
  const fieldsOf = (directory: number): number[] =>
    Array.from(
      { length: Math.min(short(directory), MAXIMUM_FIELDS) },
      (_, i) => directory + 2 + i * FIELD_BYTES,
    ).filter(at => at + FIELD_BYTES <= tiff.length);
  for (const field of fieldsOf(long(4))) {
    if (short(field) === XMP_TAG) blankText(tiff.sub(long(field + 8), long(field + 8) + long(field + 4)));
    if (short(field) !== GPS_TAG) continue;
    const directory = long(field + 8);
    for (const at of fieldsOf(directory)) {
      const bytes = (VALUE_BYTES[short(at + 2)] ?? 0) * long(at + 4);
      const from = long(at + 8);
      if (bytes > 4) tiff.fill(0, from, from + bytes);
      tiff.fill(0, at, at + FIELD_BYTES);
    }
    tiff.fill(0, directory, directory + 2);
  }
}

/** Blanks a text in XMP that tells a position: so it says nothing, and its length stays. */
export function blankText(xmp: Bytes): void {
  if (xmp.holds('GPS')) xmp.fill(SPACE);
}

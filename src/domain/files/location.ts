import { crc32 } from 'node:zlib';
import { clearBoxes } from './boxes.ts';
import { Bytes } from './bytes.ts';
import { blankText, clearGps } from './exif.ts';

const EXIF = 'Exif\0\0';
/** Beginnings of the segments of XMP in a JPEG: the first one, and what did not fit into it. */
const XMP = /^http:\/\/ns\.adobe\.com\/(?:xap\/1\.0|xmp\/extension)\/\0/;
const LONGEST_NAME = 40;
const APP1 = 0xe1;
const START_OF_SCAN = 0xda;
/** Maximum number of chunks that are looked at in one file: a forged one costs nothing. */
const MAXIMUM_CHUNKS = 20_000;

function clearJpeg(file: Bytes): void {
  for (let at = 2; at + 4 <= file.length && file.byte(at) === 0xff && file.byte(at + 1) !== START_OF_SCAN; ) {
    const end = at + 2 + file.uint(at + 2, 2);
    if (end <= at + 2 || end > file.length) return;
    const segment = file.sub(at + 4, end);
    if (file.byte(at + 1) === APP1) {
      const name = segment.text(0, LONGEST_NAME);
      if (name.startsWith(EXIF)) clearGps(segment);
      // The same may stand in a text beside it.
      else if (XMP.test(name)) blankText(segment.sub(XMP.exec(name)![0].length));
    }
    at = end;
  }
}

/**
 * Texts of a PNG: what is packed cannot be looked into, and what other programs copied from a photo is of no use here.
 */
const mayTellPosition = (type: string, chunk: Bytes): boolean =>
  type === 'zTXt' ||
  chunk.text(0, LONGEST_NAME).startsWith('Raw profile type') ||
  chunk.holds('GPS') ||
  isPacked(chunk);

/** Tells whether the text of an `iTXt` is packed: a mark behind its name says so. */
function isPacked(chunk: Bytes): boolean {
  const name = chunk.text(0, 80).indexOf('\0');
  return name > 0 && chunk.text(0, name) === 'XML:com.adobe.xmp' && chunk.byte(name + 1) === 1;
}

/** Chunks of length, type, content and checksum. https://www.w3.org/TR/png-3/#5Chunk-layout */
function clearPng(file: Bytes): void {
  for (let at = 8, n = 0; at + 12 <= file.length && n < MAXIMUM_CHUNKS; n++) {
    const end = at + 8 + file.uint(at, 4);
    if (end + 4 > file.length) return;
    const type = file.text(at + 4, at + 8);
    const content = file.sub(at + 8, end);
    const isText = /^(?:tEXt|zTXt|iTXt)$/.test(type) && mayTellPosition(type, content);
    if (type === 'eXIf') clearGps(content);
    if (isText) {
      // An empty comment of the same length takes its place.
      file.write(at + 4, Buffer.from('tEXt', 'latin1'));
      content.fill(0x20);
      content.write(0, Buffer.from('Comment\0', 'latin1'));
    }
    if (type === 'eXIf' || isText) {
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc32(file.copy(at + 4, end)));
      file.write(end, sum);
    }
    at = end + 4;
  }
}

/**
 * Chunks of name, length and content, each beginning at an even place.
 * https://developers.google.com/speed/webp/docs/riff_container
 */
function clearWebp(file: Bytes): void {
  for (let at = 12, n = 0; at + 8 <= file.length && n < MAXIMUM_CHUNKS; n++) {
    const size = file.uint(at + 4, 4, true);
    const type = file.text(at, at + 4);
    const content = file.sub(at + 8, at + 8 + size);
    if (type === 'EXIF') clearGps(content);
    if (type === 'XMP ') blankText(content);
    at += 8 + size + (size % 2);
  }
}

const FORMATS: Readonly<Record<string, (file: Bytes) => void>> = {
  'image/jpeg': clearJpeg,
  'image/png': clearPng,
  'image/webp': clearWebp,
  'image/tiff': clearGps,
  'image/heic': clearBoxes,
  'image/avif': clearBoxes,
  'video/mp4': clearBoxes,
  'video/quicktime': clearBoxes,
};

/**
 * Removes where it was taken from a picture or a film, in place; its length and everything else in it stay. What is
 * damaged stays as it is.
 * @param parts the file in pieces of one size; the last one may be shorter.
 * @param type its MIME type, by its content.
 */
export function removeLocation(parts: readonly Buffer[], type: string): void {
  FORMATS[type]?.(new Bytes(parts));
}

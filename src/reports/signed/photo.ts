import { Bytes } from '../../domain/files/bytes.ts';

/** Describes a photo as it is stored, and by how many degrees it is to be turned to stand upright. */
export interface PhotoSize {
  readonly type: 'image/jpeg' | 'image/png';
  readonly width: number;
  readonly height: number;
  readonly turn: 0 | 90 | 180 | 270;
}

const PNG = 0x89504e47;
const JPEG = 0xffd8;
/** The tag of the field that says how the camera was held. */
const ORIENTATION_TAG = 0x0112;
const TURNS: Readonly<Record<number, PhotoSize['turn']>> = { 3: 180, 6: 90, 8: 270 };
const FIELD_BYTES = 12;
/** Maximum number of fields that are read: cameras write fewer, and a forged directory costs nothing. */
const MAXIMUM_FIELDS = 200;

/** The size of a photo by its first bytes (PNG 1.2; ITU-T T.81, B.2.2); null where it is neither or is damaged. */
export function photoSize(content: Buffer): PhotoSize | null {
  const bytes = new Bytes([content]);
  const found =
    bytes.uint(0, 4) === PNG
      ? { type: 'image/png' as const, width: bytes.uint(16, 4), height: bytes.uint(20, 4), turn: 0 as const }
      : bytes.uint(0, 2) === JPEG
        ? jpegSize(bytes)
        : null;
  return found && found.width > 0 && found.height > 0 ? found : null;
}

function jpegSize(bytes: Bytes): PhotoSize | null {
  let turn: PhotoSize['turn'] = 0;
  for (let at = 2; at + 4 < bytes.length; ) {
    if (bytes.byte(at) !== 0xff) return null;
    const marker = bytes.byte(at + 1);
    const length = bytes.uint(at + 2, 2);
    if (length < 2) return null;
    if (marker === 0xe1 && bytes.text(at + 4, at + 8) === 'Exif') turn = turnOf(bytes.sub(at + 10, at + 2 + length));
    // A frame begins with any of these, but for the tables among them (DHT, JPG, DAC).
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'image/jpeg', height: bytes.uint(at + 5, 2), width: bytes.uint(at + 7, 2), turn };
    at += 2 + length;
  }
  return null;
}

/** Reads how the camera was held from the TIFF structure of Exif. */
function turnOf(tiff: Bytes): PhotoSize['turn'] {
  const isLittle = tiff.text(0, 2) === 'II';
  const directory = tiff.uint(4, 4, isLittle);
  const fields = Math.min(tiff.uint(directory, 2, isLittle), MAXIMUM_FIELDS);
  for (let i = 0; i < fields; i++) {
    const at = directory + 2 + i * FIELD_BYTES;
    if (tiff.uint(at, 2, isLittle) === ORIENTATION_TAG) return TURNS[tiff.uint(at + 8, 2, isLittle)] ?? 0;
  }
  return 0;
}

/** The photo as a drawing of a width, upright; nothing that was noted in it goes along. */
export function photoDrawing(content: Buffer, { type, width, height, turn }: PhotoSize, units: number) {
  const isTurned = turn === 90 || turn === 270;
  const [w, h] = isTurned ? [height, width] : [width, height];
  const moved = { 0: '', 90: `translate(${w} 0) `, 180: `translate(${w} ${h}) `, 270: `translate(0 ${h}) ` }[turn];
  const shown = Math.min(units, w);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${shown}" height="${(shown * h) / w}" viewBox="0 0 ${w} ${h}"><image width="${width}" height="${height}" transform="${moved}rotate(${turn})" href="data:${type};base64,${content.toString('base64')}"/></svg>`;
  return { svg, width: w, height: h };
}

import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { removeLocation } from '../../src/domain/files/location.ts';

/** A field of a TIFF directory, in the order of bytes of Intel. */
const field = (tag: number, type: number, count: number, value: number): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(type, 2);
  bytes.writeUInt32LE(count, 4);
  bytes.writeUInt32LE(value, 8);
  return bytes;
};

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const uint = (value: number, bytes = 4): Buffer => {
  const made = Buffer.alloc(bytes);
  made.writeUIntBE(value, 0, bytes);
  return made;
};
const little = (value: number): Buffer => {
  const made = Buffer.alloc(4);
  made.writeUInt32LE(value);
  return made;
};

const WHERE = '7 derajat 48 menit, rahasia';
const TURNED = field(0x0112, 3, 1, 6);
/** The header, a directory of two fields (orientation, positions), a directory of positions, and a latitude behind it. */
const TIFF = Buffer.concat([
  latin('II*\0\x08\0\0\0\x02\0'),
  TURNED,
  field(0x8825, 4, 1, 38),
  Buffer.alloc(4),
  Buffer.from([1, 0]),
  field(2, 5, 3, 56),
  Buffer.alloc(4),
  latin(WHERE),
]);
const XMP = '<x exif:GPSLatitude="7,48S"/>';
const PIXELS = latin('titik-titik gambar');

const segment = (content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xe1]), uint(content.length + 2, 2), content]);
const jpeg = Buffer.concat([
  Buffer.from([0xff, 0xd8]),
  segment(Buffer.concat([latin('Exif\0\0'), TIFF])),
  segment(latin(`http://ns.adobe.com/xap/1.0/\0${XMP}`)),
  Buffer.from([0xff, 0xda]),
  PIXELS,
]);

const chunk = (type: string, content: Buffer): Buffer => {
  const named = Buffer.concat([latin(type), content]);
  return Buffer.concat([uint(content.length), named, uint(crc32(named))]);
};
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', Buffer.alloc(13, 1)),
  chunk('tEXt', latin('Author\0Ani')),
  chunk('IDAT', PIXELS),
  // Some programs write it behind the picture.
  chunk('eXIf', TIFF),
  chunk('iTXt', latin(`XML:com.adobe.xmp\0\0\0\0\0${XMP}`)),
  chunk('zTXt', latin(`Raw profile type exif\0\0${WHERE}`)),
  chunk('tEXt', latin('exif:GPSLatitude\x007,48')),
  chunk('IEND', Buffer.alloc(0)),
]);

const riff = (type: string, content: Buffer): Buffer =>
  Buffer.concat([latin(type), little(content.length), content, Buffer.alloc(content.length % 2)]);
const webp = riff(
  'RIFF',
  Buffer.concat([latin('WEBP'), riff('VP8 ', PIXELS), riff('EXIF', TIFF), riff('XMP ', latin(`${XMP} `))]),
);

const box = (type: string, ...content: Buffer[]): Buffer => {
  const inner = Buffer.concat(content);
  return Buffer.concat([uint(inner.length + 8), latin(type), inner]);
};

/** A picture whose Exif and text lie behind the pixels, with their places in its list of items. */
function heic(): Buffer {
  const exif = Buffer.concat([uint(6), latin('Exif\0\0'), TIFF]);
  const entry = (number: number, type: string) =>
    box('infe', uint(0x02000000), uint(number, 2), uint(0, 2), latin(`${type}\0`));
  const made = (start: number): Buffer => {
    const [one, two] = [start + PIXELS.length, start + PIXELS.length + exif.length];
    const place = (number: number, at: number, size: number) =>
      Buffer.concat([uint(number, 2), uint(0, 2), uint(0, 2), uint(1, 2), uint(at), uint(size)]);
    const items = [place(1, start, PIXELS.length), place(2, one, exif.length), place(3, two, XMP.length)];
    const iinf = box('iinf', uint(0), uint(3, 2), entry(1, 'hvc1'), entry(2, 'Exif'), entry(3, 'mime'));
    const iloc = box('iloc', uint(0x01000000), Buffer.from([0x44, 0]), uint(3, 2), ...items);
    const head = Buffer.concat([box('ftyp', latin('heic')), box('meta', uint(0), iinf, iloc)]);
    return Buffer.concat([head, box('mdat', PIXELS, exif, latin(XMP))]);
  };
  return made(made(0).indexOf(PIXELS));
}

const mp4 = Buffer.concat([
  box('ftyp', latin('isom')),
  box('mdat', PIXELS),
  box('moov', box('udta', box('\xa9nam', latin('Gladi')), box('\xa9xyz', latin(WHERE)), box('loci', latin(WHERE)))),
]);

const key = (name: string): Buffer => box('mdta', latin(name));
const keys = box(
  'keys',
  uint(0),
  uint(2),
  key('com.apple.quicktime.make'),
  key('com.apple.quicktime.location.ISO6709'),
);
const values = Buffer.concat([uint(20), uint(1), latin('Gladi kamera'), uint(8 + WHERE.length), uint(2), latin(WHERE)]);
const mov = Buffer.concat([
  box('ftyp', latin('qt  ')),
  box('moov', box('meta', box('hdlr', uint(0)), keys, box('ilst', values))),
  box('mdat', PIXELS),
]);

const cases: [string, string, Buffer, Buffer[]][] = [
  ['image/jpeg', 'JPEG', jpeg, [TURNED, PIXELS]],
  ['image/png', 'PNG', png, [TURNED, PIXELS, latin('Author\0Ani')]],
  ['image/webp', 'WebP', webp, [TURNED, PIXELS]],
  ['image/tiff', 'TIFF', TIFF, [TURNED]],
  ['image/heic', 'HEIC', heic(), [TURNED, PIXELS]],
  ['video/mp4', 'MP4', mp4, [PIXELS, latin('Gladi')]],
  ['video/quicktime', 'QuickTime', mov, [PIXELS, latin('Gladi kamera')]],
];

/** A file in pieces of some size, as it lies while it is taken. */
const inParts = (file: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(file.length / size) }, (_, i) => Buffer.from(file.subarray(i * size, (i + 1) * size)));

describe.each(cases)('W4: %s', (type, _, file, stays) => {
  it.each([file.length, 64, 7])('loses where it was taken, and nothing else (in pieces of %i bytes)', size => {
    const before = Buffer.from(file);
    const parts = inParts(file, size);
    removeLocation(parts, type);
    const after = Buffer.concat(parts);
    for (const word of [WHERE, '7 derajat', 'GPSLatitude', '7,48'])
      expect([word, after.includes(word)]).toEqual([word, false]);
    for (const piece of stays) expect(after.includes(piece)).toBe(true);
    expect(after.length).toBe(before.length);
    expect(before.equals(file)).toBe(true);
  });
});

it('W4: the chunks of a PNG keep their checksums', () => {
  const parts = [Buffer.from(png)];
  removeLocation(parts, 'image/png');
  const [file] = parts as [Buffer];
  const types: string[] = [];
  for (let at = 8; at < file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    types.push(file.toString('latin1', at + 4, at + 8));
    expect(file.readUInt32BE(end)).toBe(crc32(file.subarray(at + 4, end)));
    at = end + 4;
  }
  expect(types).toEqual(['IHDR', 'tEXt', 'IDAT', 'eXIf', 'tEXt', 'tEXt', 'tEXt', 'IEND']);
});

it('W4: a file without a position stays byte for byte', () => {
  const plain = Buffer.concat([png.subarray(0, png.indexOf(latin('eXIf')) - 4), chunk('IEND', Buffer.alloc(0))]);
  const parts = inParts(plain, 20);
  removeLocation(parts, 'image/png');
  expect(Buffer.concat(parts).equals(plain)).toBe(true);
});

it.each(cases)('W4: whatever bytes stand in %s, looking for a position harms nothing but itself', (type, _, file) => {
  for (let seed = 1; seed < 300; seed++) {
    const bytes = Buffer.from(file);
    for (let i = 0, state = seed; i < 12; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[(state >>> 8) % bytes.length] = state & 255;
    }
    const cut = bytes.subarray(0, 4 + (seed % bytes.length));
    expect(() => removeLocation(inParts(cut, 16), type)).not.toThrow();
  }
});

import type { Bytes } from './bytes.ts';
import { blankText, clearGps } from './exif.ts';

/** Maximum number of boxes that are looked at in one file: a forged one costs nothing. */
const MAXIMUM_BOXES = 5_000;
const QUICKTIME_LOCATION = 'com.apple.quicktime.location.';

interface Box {
  readonly type: string;
  /** Offset of its type, from the beginning of the bytes that were walked. */
  readonly typeAt: number;
  readonly content: Bytes;
}

/** The boxes of the ISO base media format that stand one after another (ISO/IEC 14496-12, 4.2). */
function boxesIn(bytes: Bytes): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length && boxes.length < MAXIMUM_BOXES; ) {
    const short = bytes.uint(at, 4);
    // 1: the length follows in eight bytes, of which no file here needs more than six; 0: up to the end.
    const head = short === 1 ? 16 : 8;
    const size = short === 1 ? bytes.uint(at + 10, 6) : short === 0 ? bytes.length - at : short;
    if (size < head) break;
    boxes.push({ type: bytes.text(at + 4, at + 8), typeAt: at + 4, content: bytes.sub(at + head, at + size) });
    at += size;
  }
  return boxes;
}

const find = (boxes: readonly Box[], type: string): Bytes | null =>
  boxes.find(one => one.type === type)?.content ?? null;

/** Reads numbers one after another. */
function reader(bytes: Bytes) {
  let at = 0;
  return {
    next(size: number): number {
      at += size;
      return bytes.uint(at - size, size);
    },
    isOver: () => at >= bytes.length,
  };
}

/** The items of a picture that are Exif or a text beside it, by number (ISO/IEC 14496-12, 8.11.6). */
function metadataItems(iinf: Bytes): ReadonlyMap<number, 'exif' | 'text'> {
  const found = new Map<number, 'exif' | 'text'>();
  for (const { type, content } of boxesIn(iinf.sub(iinf.byte(0) === 0 ? 6 : 8))) {
    const version = content.byte(0);
    if (type !== 'infe' || version < 2) continue;
    const size = version === 2 ? 2 : 4;
    const kind = content.text(6 + size, 10 + size);
    if (kind === 'Exif') found.set(content.uint(4, size), 'exif');
    if (kind === 'mime') found.set(content.uint(4, size), 'text');
  }
  return found;
}

/** Empties positions in the pieces of a picture that hold Exif or a text beside it (ISO/IEC 14496-12, 8.11.3). */
function clearItems(file: Bytes, meta: readonly Box[]): void {
  const [iinf, iloc] = [find(meta, 'iinf'), find(meta, 'iloc')];
  if (!iinf || !iloc) return;
  const kinds = metadataItems(iinf);
  const version = iloc.byte(0);
  const [offset, length] = [iloc.byte(4) >> 4, iloc.byte(4) & 15];
  const [base, index] = [iloc.byte(5) >> 4, version ? iloc.byte(5) & 15 : 0];
  const read = reader(iloc.sub(6));
  for (let items = read.next(version < 2 ? 2 : 4); items > 0 && !read.isOver(); items--) {
    const kind = kinds.get(read.next(version < 2 ? 2 : 4));
    const isInside = version > 0 && (read.next(2) & 15) === 1;
    read.next(2);
    const from = read.next(base);
    for (let extents = read.next(2); extents > 0 && !read.isOver(); extents--) {
      read.next(index);
      const at = from + read.next(offset);
      const size = read.next(length);
      if (!kind) continue;
      const piece = (isInside ? (find(meta, 'idat') ?? file.sub(0, 0)) : file).sub(at, at + size);
      // Before Exif stands how far behind it begins.
      if (kind === 'exif') clearGps(piece.sub(4 + piece.uint(0, 4)));
      else blankText(piece);
    }
  }
}

/** Empties a box, and names it so that programs pass over it. */
function empty(around: Bytes, { typeAt, content }: Box): void {
  content.fill(0);
  around.write(typeAt, Buffer.from('free', 'latin1'));
}

/** Empties what a film says of where it was taken. */
function clearFilm(moov: Bytes): void {
  for (const { type, content } of boxesIn(moov)) {
    if (type === 'udta')
      for (const box of boxesIn(content)) if (box.type === '\xa9xyz' || box.type === 'loci') empty(content, box);
    if (type !== 'meta') continue;
    // Two ways to write this box are about: with and without four bytes before its parts.
    const inner = content.sub(content.text(4, 8) === 'hdlr' ? 0 : 4);
    const [keys, ilst] = [find(boxesIn(inner), 'keys'), find(boxesIn(inner), 'ilst')];
    if (!keys || !ilst) continue;
    const names = boxesIn(keys.sub(8)).map(key => key.content.text(0, QUICKTIME_LOCATION.length));
    for (const box of boxesIn(ilst)) {
      const key = ilst.uint(box.typeAt, 4);
      if (names[key - 1] === QUICKTIME_LOCATION) empty(ilst, box);
    }
  }
}

/** Removes where they were taken from pictures and films in the ISO base media format: HEIC, AVIF, MP4, QuickTime. */
export function clearBoxes(file: Bytes): void {
  for (const { type, content } of boxesIn(file)) {
    if (type === 'meta') clearItems(file, boxesIn(content.sub(4)));
    if (type === 'moov') clearFilm(content);
  }
}

import { crc32, inflateRawSync } from 'node:zlib';
import { UnreadableFile } from './grid.ts';

/** One file of an archive, as the archive's directory tells. */
export interface Packed {
  readonly name: string;
  readonly encrypted: boolean;
  /** Bytes once unpacked, as the archive says; what it holds may be more. */
  readonly size: number;
  /** Unpacks it. @throws UnreadableFile `bomb` where it is larger than `most` bytes, `damaged` where it cannot be read. */
  unpack(most: number): Uint8Array;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
/** Maximum size of the directory's end with the comment that may follow it, bytes. */
const MAXIMUM_END = 22 + 65_535;
/** Size of the piece of a part that is handed on at a time, bytes. */
const TAKEN_BYTES = 65_536;
const STORED = 0;
const DEFLATED = 8;

/**
 * The directory of a ZIP archive (APPNOTE 4.3.12, 4.3.16), without unpacking anything; null: it has none that can be
 * read, or needs 64 bits to say how large it is, which no table within the limits does.
 */
export function packedIn(bytes: Uint8Array): Packed[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const found: Packed[] = [];
  for (let n = 0; n < count; n++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) return null;
    const nameLength = view.getUint16(at + 28, true);
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('utf8');
    const size = view.getUint32(at + 24, true);
    if (size === 0xffffffff) return null;
    const method = view.getUint16(at + 10, true);
    const [packed, local] = [view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    found.push({
      name,
      size,
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      unpack: most => unpacked(dataAt(bytes, view, local, packed), { method, size, most }),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

function endOf(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - MAXIMUM_END); at--)
    if (view.getUint32(at, true) === END) return at;
  return null;
}

/** The packed bytes of a file, behind its own header (APPNOTE 4.3.7). */
function dataAt(bytes: Uint8Array, view: DataView, local: number, packed: number): Uint8Array {
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== LOCAL) throw new UnreadableFile('damaged');
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  return bytes.subarray(from, from + packed);
}

/** An archive that packs nothing, part by part: each is asked for when the one before it was taken. */
export function* storedArchive(parts: Iterable<readonly [name: string, data: Uint8Array]>): Generator<Uint8Array> {
  for (const [name, data] of parts) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(LOCAL, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt32LE(crc32(data), 14);
    header.writeUInt32LE(data.length, 18);
    header.writeUInt32LE(data.length, 22);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    yield Buffer.concat([header, Buffer.from(name)]);
    for (let at = 0; at < data.length; at += TAKEN_BYTES) yield data.subarray(at, at + TAKEN_BYTES);
  }
}

/** Unpacks as many bytes as there may be, whatever the archive says of them. */
function unpacked(data: Uint8Array, of: { readonly method: number; readonly size: number; readonly most: number }) {
  const { method, size, most } = of;
  if (method === STORED && data.length <= most) return data;
  if (method !== DEFLATED) throw new UnreadableFile(method === STORED ? 'bomb' : 'damaged');
  try {
    return inflateRawSync(data, { maxOutputLength: most, chunkSize: Math.min(Math.max(size, 4_096), most) });
  } catch (error) {
    throw new UnreadableFile((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'bomb' : 'damaged');
  }
}

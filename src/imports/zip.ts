/** One file of an archive, as the archive's directory tells. */
interface Packed {
  readonly name: string;
  readonly encrypted: boolean;
  /** Bytes once unpacked, as the archive says. */
  readonly size: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
/** The end of the directory, with the longest comment that may follow it, bytes. */
const MAXIMUM_END = 22 + 65_535;

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
    found.push({ name, size, encrypted: (view.getUint16(at + 8, true) & 1) === 1 });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return found;
}

function endOf(view: DataView): number | null {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - MAXIMUM_END); at--)
    if (view.getUint32(at, true) === END) return at;
  return null;
}

/** Reasons for which a file is not taken, because of what is in it. */
export type TypeNo = 'empty' | 'program' | 'differs';

type Family = 'image' | 'document' | 'archive' | 'sound' | 'film' | 'program';

interface Kind {
  readonly type: string;
  readonly family: Family;
}

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');

/** The first bytes of common formats: offset, bytes, type, family. Longer signatures stand first. */
const SIGNATURES: readonly (readonly [number, Buffer, string, Family])[] = [
  [0, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'image/png', 'image'],
  [0, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'application/x-cfb', 'document'],
  [0, ascii('GIF8'), 'image/gif', 'image'],
  [8, ascii('WEBP'), 'image/webp', 'image'],
  [4, ascii('ftyphei'), 'image/heic', 'image'],
  [4, ascii('ftyphev'), 'image/heic', 'image'],
  [4, ascii('ftypmif1'), 'image/heic', 'image'],
  [4, ascii('ftypavif'), 'image/avif', 'image'],
  [4, ascii('ftypM4A'), 'audio/mp4', 'sound'],
  [4, ascii('ftypqt'), 'video/quicktime', 'film'],
  [4, ascii('ftyp'), 'video/mp4', 'film'],
  [0, Buffer.from([0xff, 0xd8, 0xff]), 'image/jpeg', 'image'],
  [0, ascii('II*\0'), 'image/tiff', 'image'],
  [0, ascii('MM\0*'), 'image/tiff', 'image'],
  [0, ascii('%PDF-'), 'application/pdf', 'document'],
  [0, ascii('{\\rtf'), 'application/rtf', 'document'],
  [0, ascii('PK\x03\x04'), 'application/zip', 'archive'],
  [0, ascii('PK\x05\x06'), 'application/zip', 'archive'],
  [0, ascii('Rar!\x1a\x07'), 'application/vnd.rar', 'archive'],
  [0, ascii("7z\xbc\xaf'\x1c"), 'application/x-7z-compressed', 'archive'],
  [0, Buffer.from([0x1f, 0x8b]), 'application/gzip', 'archive'],
  [0, ascii('OggS'), 'audio/ogg', 'sound'],
  [8, ascii('WAVE'), 'audio/wav', 'sound'],
  [0, ascii('ID3'), 'audio/mpeg', 'sound'],
  [0, Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), 'video/webm', 'film'],
  [0, Buffer.from([0x7f, 0x45, 0x4c, 0x46]), 'application/x-executable', 'program'],
  [0, Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), 'application/x-executable', 'program'],
  [0, Buffer.from([0xca, 0xfe, 0xba, 0xbe]), 'application/x-executable', 'program'],
  [0, ascii('#!'), 'application/x-executable', 'program'],
  [0, ascii('MZ'), 'application/x-executable', 'program'],
];

const OOXML = 'application/vnd.openxmlformats-officedocument';
const OPEN = 'application/vnd.oasis.opendocument';

/** Formats that are packed into an archive or a compound file, by their ending. */
const INSIDE: Readonly<Record<string, string>> = {
  docx: `${OOXML}.wordprocessingml.document`,
  xlsx: `${OOXML}.spreadsheetml.sheet`,
  pptx: `${OOXML}.presentationml.presentation`,
  odt: `${OPEN}.text`,
  ods: `${OPEN}.spreadsheet`,
  odp: `${OPEN}.presentation`,
  kmz: 'application/vnd.google-earth.kmz',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
};

/** Types that are plain text, by their ending. What a browser would run is plain text as well. */
const TEXTS: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/plain',
  log: 'text/plain',
  xml: 'text/plain',
  kml: 'text/plain',
  gpx: 'text/plain',
  html: 'text/plain',
  svg: 'text/plain',
  csv: 'text/csv',
  tsv: 'text/plain',
  ics: 'text/calendar',
  json: 'application/json',
  geojson: 'application/json',
};

/** Types promised by file endings: a type, a family, or text. */
const PROMISED: Readonly<Record<string, string>> = {
  ...{ jpg: 'image', jpeg: 'image', png: 'image', gif: 'image', webp: 'image', heic: 'image', heif: 'image' },
  ...{ avif: 'image', tif: 'image', tiff: 'image' },
  ...{ pdf: 'application/pdf', rtf: 'application/rtf', zip: 'application/zip', rar: 'archive', '7z': 'archive' },
  ...{ docx: 'application/zip', xlsx: 'application/zip', pptx: 'application/zip', odt: 'application/zip' },
  ...{ ods: 'application/zip', odp: 'application/zip', kmz: 'application/zip' },
  ...{ doc: 'application/x-cfb', xls: 'application/x-cfb', ppt: 'application/x-cfb' },
};

const endingOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

function signatureOf(head: Buffer): Kind | null {
  const found = SIGNATURES.find(([at, bytes]) => head.subarray(at, at + bytes.length).equals(bytes));
  return found ? { type: found[2], family: found[3] } : null;
}

/** Tells whether the beginning of a file is text. A character may be cut off at its end. */
function isText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Tells whether a table is written as spreadsheets write it that know no UTF-8: in UTF-16 with its mark, or a byte a sign. */
function isOldTable(head: Buffer): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  return isUtf16 || head.every(byte => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** Reads the promised type by the name's ending, else by what the platform said. */
const promisedBy = (name: string, declared: string): string | undefined =>
  PROMISED[endingOf(name)] ??
  (endingOf(name) in TEXTS
    ? 'text'
    : declared.startsWith('image/')
      ? 'image'
      : declared === 'application/pdf'
        ? declared
        : undefined);

/**
 * The MIME type of a file by its first bytes, or why it is not taken: it is empty, a program, or something else than its
 * name (or, without a known ending, the platform) says. Pictures of one kind that bear the name of another are taken.
 * @param head the first bytes, some thousand of them if there are so many.
 */
export function typeByContent(head: Buffer, name: string, declared: string): { type: string } | { why: TypeNo } {
  if (!head.length) return { why: 'empty' };
  const found = signatureOf(head);
  if (found?.family === 'program') return { why: 'program' };
  const promised = promisedBy(name, declared);
  const text = !found && (isText(head) || (endingOf(name) === 'csv' && isOldTable(head)));
  const fits =
    promised === undefined ||
    promised === found?.type ||
    promised === found?.family ||
    (promised === 'text' && text) ||
    // Old programs write rich text and web pages under the ending of their own documents.
    (promised === 'application/x-cfb' && (found?.type === 'application/rtf' || text));
  if (!fits) return { why: 'differs' };
  const ending = endingOf(name);
  if (text) return { type: TEXTS[ending] ?? 'text/plain' };
  if (!found) return { type: 'application/octet-stream' };
  return { type: (found.type === promised && INSIDE[ending]) || found.type };
}

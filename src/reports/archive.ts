import { strToU8, Zip, ZipDeflate } from 'fflate';
import { shareTurn } from '../runtime/event-loop.ts';

/** Every file in the archive bears this date, so that the same files have the same bytes. */
const STAMP = new Date(1980, 0, 1);

/** A file of an archive: its name, and its text in pieces. */
export type Part = readonly [name: string, text: Iterable<string>];

/**
 * A ZIP archive whose bytes depend on nothing but its files. It is packed piece by piece, and after each the rest of
 * the program has its turn.
 */
export async function archive(parts: Iterable<Part>): Promise<Uint8Array> {
  const packed: Uint8Array[] = [];
  let failed: unknown = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else packed.push(chunk);
  });
  for (const [name, text] of parts) {
    // Level 6 would take more than twice as long for a tenth less.
    const file = new ZipDeflate(name, { level: 3 });
    file.mtime = STAMP;
    zip.add(file);
    for (const piece of text) {
      file.push(strToU8(piece));
      await shareTurn();
    }
    file.push(new Uint8Array(), true);
  }
  zip.end();
  if (failed) throw failed;
  return Buffer.concat(packed);
}

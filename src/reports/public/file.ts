import type { RenderContext } from '../../contract/render-context.ts';
import type { Area } from '../../domain/areas/area.ts';
import { EVER } from '../../domain/calendar.ts';
import type { Forum } from '../../domain/forums.ts';
import { shareTurn } from '../../runtime/event-loop.ts';
import { whoWhatWhere } from '../hxl/who-what-where.ts';
import { iatiPieces } from '../iati/iati.ts';
import { popoloText } from '../package/popolo.ts';
import { satuDataCsv } from '../satu-data-csv.ts';
import { dataPackage } from './package.ts';
import { type FileKey, type HxlForm, hxlFile, type TableForm, tableFile } from './tables.ts';

/** A file of the public page that is made of much of a forum's record. */
export type PublicFile =
  | { readonly kind: 'table'; readonly name: FileKey; readonly as: TableForm; readonly area: Area | null }
  | { readonly kind: 'hxl'; readonly as: HxlForm; readonly area: Area | null }
  | { readonly kind: 'iati' | 'votes' | 'satuData' | 'package' };

/** Makes such a file; `page` is the address of the page, null where the installation does not know it. */
export async function publicFile(
  context: RenderContext,
  forum: Forum,
  file: PublicFile,
  page: string | null,
): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for (const piece of await piecesOf(context, forum, file, page)) {
    pieces.push(typeof piece === 'string' ? Buffer.from(piece, 'utf8') : Buffer.from(piece));
    await shareTurn();
  }
  return Buffer.concat(pieces);
}

async function piecesOf(
  context: RenderContext,
  forum: Forum,
  file: PublicFile,
  page: string | null,
): Promise<Iterable<string | Uint8Array>> {
  switch (file.kind) {
    case 'table':
      return tableFile(context, forum, file.name, file.as, file.area);
    case 'iati':
      return iatiPieces(context, forum, EVER, page);
    case 'hxl':
      return hxlFile(context, await whoWhatWhere(context, EVER, file.area), file.as);
    case 'votes':
      return [await popoloText(context, forum, EVER)];
    case 'satuData':
      return [await satuDataCsv(context, forum, EVER)];
    case 'package':
      return [await dataPackage(context, forum, page)];
  }
}

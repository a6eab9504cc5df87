import { and, asc, eq, gte, inArray, isNotNull, isNull, lte, ne } from 'drizzle-orm';
import type { Chart } from '../../contract/chart.ts';
import type { RenderContext } from '../../contract/render-context.ts';
import type { Block } from '../../contract/view.ts';
import type { Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { partsOf } from '../../domain/files/store.ts';
import { formatDate } from '../../language/dates.ts';
import { shareTurn } from '../../runtime/event-loop.ts';
import type { Picture } from './parts.ts';
import { photoDrawing, photoSize } from './photo.ts';

/** Form of charts in the document: a browser draws SVG sharp at any size, Word takes PNG. */
export type ChartForm = 'svg' | 'png';

/** Maximum sizes of all charts and of all photos of a document, bytes: with its text it can be sent in a chat. */
const MAXIMUM_CHART_BYTES = 3 * 2 ** 20;
const MAXIMUM_PHOTO_BYTES = 3 * 2 ** 20;
/** Maximum number of pixels of a photo that is opened, four bytes each: a forged one would take the memory. */
const MAXIMUM_PIXELS = 50_000_000;
/** Maximum number of photos of one activity. */
const A_ACTIVITY = 2;
/** Width of a photo on paper, units of 1/96 inch; it has twice as many pixels. */
const PHOTO_WIDTH = 240;
/** Maximum size of a photo that is taken as it is, bytes. */
const SMALL_BYTES = 150_000;

/** Draws charts as long as there is room for them in the document. */
export async function chartPainter(form: ChartForm): Promise<(block: Block | null) => Promise<Picture | null>> {
  // Drawing is loaded by the first such report: nothing else of reports needs it.
  const { drawn } = await import('../../charts/draw.ts');
  const { rastered } = await import('../../charts/raster.ts');
  let left = MAXIMUM_CHART_BYTES;
  return async block => {
    if (block?.kind !== 'picture' || left <= 0) return null;
    await shareTurn();
    const { svg, width, height } = drawing(block.chart);
    const bytes = form === 'svg' ? Buffer.from(svg) : rastered(svg);
    left -= bytes.length;
    if (left < 0) return null;
    return { type: form === 'svg' ? 'image/svg+xml' : 'image/png', bytes, width, height, alt: block.alt };
  };

  function drawing(chart: Chart) {
    const svg = drawn(chart, 'light');
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    return { svg, width: Number(width), height: Number(height) };
  }
}

export interface Photos {
  readonly pictures: readonly (Picture & { readonly caption: string })[];
  /** Number of further ones in the record. */
  readonly left: number;
}

/** The photos of the activities of a time, upright and small, the latest activities first. */
export async function photosOf({ db, forumId, locale }: RenderContext, span: Span): Promise<Photos> {
  const { rastered } = await import('../../charts/raster.ts');
  const { activities: a, evidence: e, files: f } = db.tables;
  const rows = await db
    .select({ number: a.number, title: a.title, date: a.date, hash: f.hash })
    .from(e)
    .innerJoin(a, and(eq(a.forumId, e.forumId), eq(a.number, e.number)))
    .innerJoin(f, and(eq(f.forumId, e.forumId), eq(f.hash, e.file)))
    .where(
      and(
        eq(e.forumId, forumId),
        eq(e.thing, 'activity'),
        eq(e.kind, 'photo'),
        isNull(e.withdrawnAt),
        isNotNull(e.file),
        inArray(f.type, ['image/jpeg', 'image/png']),
        ne(a.state, 'undone'),
        gte(a.date, span.from),
        lte(a.date, span.to),
      ),
    )
    .orderBy(asc(a.date), asc(a.number), asc(e.seq));
  const pictures: Photos['pictures'][number][] = [];
  const ofActivity = new Map<number, number>();
  let room = MAXIMUM_PHOTO_BYTES;
  for (const { number, title, date, hash } of rows.reverse()) {
    const nth = ofActivity.get(number) ?? 0;
    if (nth >= A_ACTIVITY || room <= 0) continue;
    const content = await contentOf(hash);
    const size = photoSize(content);
    if (!size || size.width * size.height > MAXIMUM_PIXELS) continue;
    const made = small(content, size);
    if (!made || made.bytes.length > room) continue;
    room -= made.bytes.length;
    ofActivity.set(number, nth + 1);
    const caption = `${codeOf('activity', number)} ${title}, ${formatDate(date, locale)}`;
    pictures.push({ ...made, alt: caption, caption });
  }
  return { pictures, left: rows.length - pictures.length };

  async function contentOf(hash: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of partsOf(db, forumId, hash)) parts.push(part);
    return Buffer.concat(parts);
  }

  function small(content: Buffer, size: NonNullable<ReturnType<typeof photoSize>>) {
    const { svg, width, height } = photoDrawing(content, size, PHOTO_WIDTH);
    if (content.length <= SMALL_BYTES && size.turn === 0) return { type: size.type, bytes: content, width, height };
    try {
      return { type: 'image/png' as const, bytes: rastered(svg, { fonts: false }), width, height };
    } catch {
      // A damaged photo is no reason to have no report.
      return null;
    }
  }
}

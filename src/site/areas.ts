import { and, eq, isNotNull } from 'drizzle-orm';
import { type Area, areasOf, codesAbove, levelOf, liesIn } from '../domain/areas/area.ts';
import { type Markup, markup } from '../language/markup.ts';
import { anchor } from './components.ts';
import type { PageContext } from './page-context.ts';
import type { Part } from './routes.ts';

/** Maximum number of areas that are offered to choose from. */
const OFFERED = 60;

/** The areas of all rows of a part that anybody may see, as they are stored. */
async function storedOf({ render: { db, forumId } }: PageContext, part: Part): Promise<(string | null)[]> {
  const { activities: a, indicators: i, issues: s, partners: p } = db.tables;
  if (part === 'issues') {
    const seen = and(eq(s.forumId, forumId), eq(s.isPrivate, false), isNotNull(s.area));
    return (await db.selectDistinct({ area: s.area }).from(s).where(seen)).map(row => row.area);
  }
  const table = part === 'activities' ? a : part === 'indicators' ? i : p;
  const rows = await db
    .selectDistinct({ area: table.area })
    .from(table)
    .where(and(eq(table.forumId, forumId), isNotNull(table.area)));
  return rows.map(row => row.area);
}

/** An area with what it lies in, from its regency or city down: names end with those of what is around them. */
function withParents({ code, name }: Area): Area[] {
  const names = name.split(', ');
  return codesAbove(code)
    .reverse()
    .filter(one => levelOf(one) > 1 || one === code)
    .flatMap((one, i) => {
      const its = names.slice(i).join(', ');
      return its ? [{ code: one, name: its }] : [];
    });
}

/** The areas that a part can be narrowed to, by their codes. */
async function areasIn(pageContext: PageContext, part: Part): Promise<Area[]> {
  const stored = (await storedOf(pageContext, part)).flatMap(areasOf);
  const found = new Map<string, Area>();
  // A stored area has its full name; a parent has only the name that its parts give it.
  for (const one of [...stored.flatMap(withParents), ...stored]) found.set(one.code, one);
  return [...found.values()].sort((x, y) => (x.code < y.code ? -1 : 1));
}

/** Ways to see of a part only what is of one area; nothing where no row of it has one. */
export async function areaChoice(pageContext: PageContext, part: Part): Promise<Markup | null> {
  const { render: context, links, area } = pageContext;
  const all = await areasIn(pageContext, part);
  if (!all.length && !area) return null;
  const w = context.m.site;
  // Only the widest of many areas are offered, and within a chosen one its parts.
  const near = area ? all.filter(one => liesIn(one.code, area.code) || liesIn(area.code, one.code)) : all;
  const wide = near.filter(one => levelOf(one.code) <= (area ? 4 : 2));
  const shown = (near.length > OFFERED ? wide : near).slice(0, OFFERED);
  const whole = area === null ? markup`<strong>${w.everywhere}</strong>` : anchor(links.to(`/${part}`), w.everywhere);
  const items = shown.map(one =>
    one.code === area?.code
      ? markup`<strong>${one.name}</strong>`
      : anchor(links.to(`/${part}`, { area: one.code }), one.name),
  );
  const unknown = area && !all.some(one => one.code === area.code) ? [markup`<strong>${area.code}</strong>`] : [];
  return markup`<nav class="areas small" aria-label="${w.areas}"><ul>${[whole, ...unknown, ...items].map(one => markup`<li>${one}</li>`)}</ul></nav>`;
}

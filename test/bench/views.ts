import { type Counts, renderAll } from '../rendering/all.ts';
import { aGeneratedForum, FLAVOURS, type Flavour, ROLES, SIZES } from '../rendering/forum.ts';
import { PEOPLE, playYear, renderFor } from '../rendering/played-year.ts';
import { aWorld } from '../world.ts';
import { row, section } from './page.ts';

const LOCALES = ['id', 'en'] as const;
const sum = (counts: Counts): number => [...counts.values()].reduce((a, b) => a + b, 0);

/**
 * Renders all that a forum shows, each view with each size, language, role, platform and way of naming things at least
 * once, and a played year, and fails where a platform's rules refuse any of it. Prints how many of each, by view,
 * platform and role. `only` names one size.
 */
export async function views(only?: string): Promise<void> {
  const all: Counts = new Map();
  section('Views held against both platforms’ rules', '| of each thing | language | called | renderings |');
  for (const size of SIZES.filter(one => only === undefined || String(one) === only))
    for (const locale of LOCALES)
      for (const flavour of Object.keys(FLAVOURS) as Flavour[]) {
        const made = await aGeneratedForum(size, locale, flavour);
        const before = sum(all);
        for (const role of ROLES) await renderAll(made, { account: role, role, locale, flavour }, all);
        await made.world.store.close();
        row(String(size), locale, flavour, (sum(all) - before).toLocaleString('en'));
      }
  const before = sum(all);
  await using world = await aWorld({ start: new Date('2026-01-05T01:00:00Z') });
  const eyes = LOCALES.flatMap(locale => PEOPLE.map(one => ({ ...one, locale })));
  await playYear(world, { monthEnd: () => renderFor(world, eyes, all) });
  row('a played year, month by month', LOCALES.join(', '), 'as they are', (sum(all) - before).toLocaleString('en'));
  row('all', '', `${all.size} views, forms and menus`, sum(all).toLocaleString('en'));
  for (const [what, n] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${n}\t${what}`);
}

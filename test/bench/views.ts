import { type Counts, renderAll } from '../rendering/all.ts';
import { aGeneratedForum, FLAVOURS, type Flavour, ROLES, SIZES } from '../rendering/forum.ts';
import { PEOPLE, playYear, renderFor } from '../rendering/played-year.ts';
import { aWorld } from '../world.ts';
import { row, section } from './page.ts';

const LOCALES = ['id', 'en'] as const;

/** Ways of naming things with which a size is rendered: all, or in turn where neighbours or time make that enough. */
function flavoursOf(size: number, locale: (typeof LOCALES)[number]): readonly Flavour[] {
  if (size === 1_000) return [locale === 'id' ? 'longest' : 'markup'];
  if (size === 25 || size === 100) return locale === 'id' ? ['plain', 'emoji'] : ['longest', 'rightToLeft'];
  return Object.keys(FLAVOURS) as Flavour[];
}
const sum = (counts: Counts): number => [...counts.values()].reduce((a, b) => a + b, 0);

/**
 * Renders all that a forum shows, each view with each size, language, role and platform at least once, in all ways of
 * naming things, and a played year, and fails where a platform's rules refuse any of it. Prints how many of each, by view,
 * platform and role. `only` names one size.
 */
export async function views(only?: string): Promise<void> {
  const all: Counts = new Map();
  section(
    'Views held against both platforms’ rules',
    '| of each thing | language | named | renderings |',
    'Written by `npm run bench -- views`: every answer, post, form and menu, by each role, on Discord and Slack; one that',
    'a platform would refuse ends the run.',
  );
  for (const size of SIZES.filter(one => only === undefined || String(one) === only))
    for (const locale of LOCALES) {
      const before = sum(all);
      const flavours = flavoursOf(size, locale);
      for (const flavour of flavours) {
        const made = await aGeneratedForum(size, locale, flavour);
        for (const role of ROLES) await renderAll(made, { account: role, role, locale, flavour }, all);
        await made.world.store.close();
      }
      row(size.toLocaleString('en'), locale, flavours.join(', '), (sum(all) - before).toLocaleString('en'));
    }
  const before = sum(all);
  await using world = await aWorld({ start: new Date('2026-01-05T01:00:00Z') });
  const eyes = LOCALES.flatMap(locale => PEOPLE.map(one => ({ ...one, locale })));
  // Everybody's month comes in turn, and at the end all of them look.
  const turn = (month: number) => (month === 14 ? eyes : [eyes[month % eyes.length]!]);
  await playYear(world, { monthEnd: month => renderFor(world, turn(month), all) });
  row('a played year, month by month', LOCALES.join(', '), 'as they are', (sum(all) - before).toLocaleString('en'));
  row('all', '', `${all.size} views, forms and menus`, sum(all).toLocaleString('en'));
  for (const [what, n] of [...all].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${n}\t${what}`);
}

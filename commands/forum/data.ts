import { areas } from '../../src/bot/area-kind.ts';
import { mutation, optional } from '../../src/bot/command.ts';
import { choice, line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { facts, list, text, view } from '../../src/contract/view.ts';
import { areaNames, areasText } from '../../src/domain/areas/area.ts';
import { changeForum } from '../../src/domain/forums.ts';
import { sumActivities } from '../../src/domain/groups/activity-sums.ts';
import { dimensionsOf } from '../../src/domain/groups/dimensions.ts';
import { isOrganisationId, LICENCES, type Licence, ORGANISATION_LENGTH } from '../../src/domain/open-data.ts';
import { localDate } from '../../src/language/dates.ts';
import { formatNumber } from '../../src/language/numbers.ts';
import { dimensionName, dimensionText, groupName } from '../../src/views/groups.ts';
import { given } from '../given.ts';
import { dimensionList } from './dimensions.ts';

/**
 * Describes the forum's data where others load them, and by which groups people are counted; with nothing
 * given, how it stands, with this year's sums by group.
 */
export const data = mutation({
  id: 'fd',
  name: 'data',
  words: m => m.forum.command.data,
  who: 'coordinator',
  options: {
    organisation: optional(line({ max: ORGANISATION_LENGTH })),
    licence: optional(choice(Object.keys(LICENCES) as Licence[], m => m.forum.licences)),
    area: optional(areas()),
    groups: optional(dimensionList()),
  },
  async run(ctx, { organisation, licence, area, groups }) {
    const { m, forum, locale } = ctx;
    if (organisation !== undefined && !isOrganisationId(organisation))
      throw new Refusal('invalid_option', m => m.forum.noOrganisation, { option: 'organisation' });
    const set = given({ organisation, licence, area: area && areasText(area), groups });
    const now = { ...forum.settings, ...set };
    const changed = Object.keys(set);
    if (changed.length) {
      await changeForum(ctx.tx, ctx.forumId, { settings: now });
      await ctx.record({ kind: 'forum.changed', thing: 'forum', number: 0, data: { changed } });
    }
    const dimensions = dimensionsOf(now);
    const asked = dimensions.filter(one => one.asked.length);
    const year = localDate(ctx.now, forum.zone).slice(0, 4);
    const sums = await sumActivities(ctx.db, ctx.forumId, { from: `${year}-01-01`, to: `${year}-12-31` }, dimensions);
    const w = m.forum;
    return view(changed.length ? w.saved : w.data, {
      ...(changed.length && { tone: 'good' }),
      blocks: [
        facts([
          [w.organisation, now.organisation ?? w.notSet],
          [m.report.licence, now.licence ? w.licences[now.licence] : w.notSet],
          [m.core.area, areaNames(now.area ?? null) || w.notSet],
          ...asked.map(
            one =>
              [
                dimensionName(m, one.key),
                m.groups.askedText({
                  groups: one.groups.map(key => groupName(m, key)).join(', '),
                  of: one.asked.map(of => m.groups.asked[of]).join(', '),
                }),
              ] as const,
          ),
        ]),
        asked.length ? null : text(m.groups.noneAsked),
        sums.people ? text(m.groups.sumsOf({ year, people: formatNumber(sums.people, locale) })) : null,
        list(sums.dimensions.map(one => dimensionText(ctx, one))),
      ],
    });
  },
});

import { areas } from '../../src/bot/area-kind.ts';
import { mutation, optional } from '../../src/bot/command.ts';
import { choice, line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { facts, view } from '../../src/contract/view.ts';
import { areaNames, areasText } from '../../src/domain/areas/area.ts';
import { changeForum } from '../../src/domain/forums.ts';
import { isOrganisationId, LICENCES, type Licence, ORGANISATION_LENGTH } from '../../src/domain/open-data.ts';
import { given } from '../given.ts';

/** What the forum's data say of themselves where others load them; with nothing given, how it stands. */
export const data = mutation({
  id: 'fd',
  name: 'data',
  words: m => m.forum.command.data,
  who: 'coordinator',
  options: {
    organisation: optional(line({ max: ORGANISATION_LENGTH })),
    licence: optional(choice(Object.keys(LICENCES) as Licence[], m => m.forum.licences)),
    area: optional(areas()),
  },
  async run(ctx, { organisation, licence, area }) {
    if (organisation !== undefined && !isOrganisationId(organisation))
      throw new Refusal('invalid_option', m => m.forum.noOrganisation, { option: 'organisation' });
    const set = given({ organisation, licence, area: area && areasText(area) });
    const now = { ...ctx.forum.settings, ...set };
    const changed = Object.keys(set);
    if (changed.length) {
      await changeForum(ctx.tx, ctx.forumId, { settings: now });
      await ctx.record({ kind: 'forum.changed', thing: 'forum', number: 0, data: { changed } });
    }
    const w = ctx.m.forum;
    return view(changed.length ? w.saved : w.data, {
      ...(changed.length && { tone: 'good' }),
      blocks: [
        facts([
          [w.organisation, now.organisation ?? w.notSet],
          [ctx.m.report.licence, now.licence ? w.licences[now.licence] : w.notSet],
          [ctx.m.core.area, areaNames(now.area ?? null) || w.notSet],
        ]),
      ],
    });
  },
});

import { area } from '../../src/bot/area-kind.ts';
import { main, optional, paging, query } from '../../src/bot/command.ts';
import { line } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { spanOf, timeSpan } from '../../src/bot/time-kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { activitySource, listActivities } from '../../src/domain/activities.ts';
import { detailsOf } from '../../src/domain/activity-details.ts';
import { pageWith } from '../../src/domain/activity-words.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import {
  activityCard,
  activityControls,
  activityHistory,
  activityList,
  attendanceControls,
} from '../../src/views/activity.ts';
import { withHistory } from '../../src/views/history.ts';
import { PAGE } from '../../src/views/paging.ts';

const before = paging(entity(activitySource));

export const list = query({
  id: 'ki',
  name: 'list',
  words: m => m.activity.command.list,
  who: 'member',
  options: {
    from: optional(timeSpan()),
    to: optional(timeSpan()),
    partner: optional(entity(partnerSource)),
    goal: optional(entity(goalSource)),
    before,
    area: optional(area()),
  },
  async run(ctx, o) {
    const span = spanOf(o.from, o.to);
    const filter = { ...span, partner: o.partner?.number, goal: o.goal?.number, before: o.before, area: o.area };
    const values = {
      ...span,
      ...(o.partner && { partner: partnerSource.code(o.partner) }),
      ...(o.goal && { goal: goalSource.code(o.goal) }),
      ...(o.area && { area: o.area.code }),
    };
    const page = await listActivities(ctx.db, ctx.forumId, filter, PAGE);
    return activityList(ctx, ctx.m.activity.list, page, { action: 'ki', values });
  },
});

export const show = query({
  id: 'ks',
  name: 'show',
  words: m => m.activity.command.show,
  who: 'member',
  options: { activity: main(entity(activitySource)) },
  async run(ctx, { activity }) {
    const details = await detailsOf(ctx.db, activity);
    const card = activityCard(ctx, activity, details);
    return {
      ...withHistory(ctx, card, await activityHistory(ctx, activity)),
      controls: [
        attendanceControls(ctx, activity, details),
        activityControls(ctx, activity),
        activity.state === 'planned'
          ? [button(ctx.m, 'toCalendar', 'kz', { activity: activitySource.code(activity) })]
          : [],
        ...card.controls,
      ].filter(row => row.length),
    };
  },
});

export const search = query({
  id: 'kf',
  cost: 3,
  name: 'search',
  words: m => m.activity.command.search,
  who: 'member',
  options: { text: main(line({ max: 100 })), before },
  async run(ctx, o) {
    const page = await pageWith(ctx.db, ctx.forumId, o.text, o.before?.number, PAGE);
    // Words that no longer fit a button's id are typed again, not cut.
    const more = page.more && encodeURIComponent(o.text).length < 70;
    const title = ctx.m.activity.found({ text: o.text });
    return activityList(ctx, title, { ...page, more }, { action: 'kf', values: { text: o.text } });
  },
});

import { mutation } from '../../src/bot/command.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { PANEL } from '../../src/contract/topic.ts';
import { text, view } from '../../src/contract/view.ts';
import { changeForum } from '../../src/domain/forums.ts';

/** Puts up the panel in the channel in which it is asked for; one that stands there already is brought up to date. */
export const panel = mutation({
  id: 'fp',
  cost: 10,
  name: 'panel',
  words: m => m.forum.command.panel,
  who: 'coordinator',
  options: {},
  async run(ctx) {
    const { platform, workspace, channel, channelName } = ctx.place;
    if (channel === null) throw new Refusal('conflict', m => m.panel.whichChannel);
    const name = channelName ?? channel;
    const settings = { ...ctx.forum.settings, panel: true };
    if (!ctx.forum.settings.panel) await changeForum(ctx.tx, ctx.forumId, { settings });
    await ctx.record({ kind: 'forum.panel', thing: 'forum', number: 0, data: { platform, channel } });
    await ctx.post(PANEL, { channel: { platform, workspace, id: channel, name } });
    return view(ctx.m.panel.posted({ channel: name }), { tone: 'good', blocks: [text(ctx.m.panel.postedHint)] });
  },
});

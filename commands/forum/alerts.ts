import { mutation, optional, paging } from '../../src/bot/command.ts';
import { flag } from '../../src/bot/kinds.ts';
import { role as roleKind } from '../../src/bot/references.ts';
import { button } from '../../src/contract/buttons.ts';
import { facts, note, text, view } from '../../src/contract/view.ts';
import { alertRoleAt, changeForum, withAlertRole } from '../../src/domain/forums.ts';

/**
 * Says which role of this place early warnings mention, and nothing else does; with nothing given, how it stands.
 * `none` takes the role away again.
 */
export const alerts = mutation({
  id: 'fv',
  name: 'alerts',
  words: m => m.forum.command.alerts,
  who: 'coordinator',
  options: { role: optional(roleKind()), none: paging(flag()) },
  async run(ctx, { role, none = false }) {
    const { settings } = ctx.forum;
    const next = role
      ? withAlertRole(settings, ctx.place, role)
      : none
        ? withAlertRole(settings, ctx.place, null)
        : settings;
    if (next !== settings) {
      await changeForum(ctx.tx, ctx.forumId, { settings: next });
      await ctx.record({ kind: 'forum.changed', thing: 'forum', number: 0, data: { changed: ['alerts'] } });
    }
    const w = ctx.m.forum;
    const stands = alertRoleAt(next, ctx.place);
    return view(next === settings ? w.alerts : w.saved, {
      ...(next !== settings && { tone: 'good' }),
      blocks: [
        facts([[w.alertRole, stands ? `@${stands.name}` : w.noAlertRole]]),
        text(w.alertsHint),
        stands && role?.mentionable === false ? note(w.notMentionable) : null,
      ],
      controls: stands ? [[button(ctx.m, 'noRole', 'fv', { none: 'yes' })]] : [],
    });
  },
});

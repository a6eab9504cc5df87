import { gt, gte } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes, SendContext } from '../contract/post-type.ts';
import { type Control, list, view } from '../contract/view.ts';
import { lateActions, ownActions } from '../domain/actions/lists.ts';
import { sees } from '../domain/actions/people.ts';
import type { Action } from '../domain/actions/row.ts';
import { isOpen } from '../domain/actions/rules.ts';
import { actionByNumber, actionOfItem } from '../domain/actions/store.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { putOff, putOffActions } from '../domain/reminders.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import { actionCard, actionCode, actionControls, actionLines, actionMenu } from './action.ts';
import { saidSince } from './said-since.ts';

const GONE = { suppressed: 'gone' };
/** Maximum number of late actions that are listed; the rest is counted. */
const LISTED = 15;
/** Maximum number of a person's actions that one reminder lists. */
const REMINDED = 20;

/** A card of one action that is open, for those who see it. */
const card = (head: (m: Messages, action: Action) => Text, isPublic = false): PostType => ({
  keptCurrent: false,
  isPublic,
  async view(context, subject) {
    const found = await actionByNumber(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    if (!isOpen(found)) return { suppressed: 'done' };
    const shown = context.to === null ? !found.isPrivate : await sees(context.db, found, context.to);
    return shown ? actionCard(context, found, head(context.m, found)) : GONE;
  },
});

/** Returns what a person is to do by the day after a reminder and has not done. */
async function dueFor(context: SendContext, member: number, isPrivate: boolean): Promise<Action[]> {
  const found = await memberByNumber(context.db, context.forumId, member);
  if (!found) return [];
  const until = addDays(dateIn(context.now, context.forum.zone), 1);
  const actor = await actorOf(context.db, found);
  const own = await ownActions({ ...context, actor }, { until, limit: REMINDED });
  return own.filter(one => one.isPrivate === isPrivate);
}

/** All that a person has to do by now, in one message; it is brought up to date until nothing is left. */
const due = (topic: string, isPrivate: boolean): PostType => ({
  keptCurrent: false,
  follows: true,
  isPublic: !isPrivate,
  async view(context) {
    const { to: member, standsSince } = context;
    if (member === null) return GONE;
    const w = context.m.action;
    if (standsSince && (await saidSince(context, topic, member, gt, standsSince)))
      return { last: view(w.remindedAgain) };
    if (!standsSince && (await saidSince(context, topic, member, gte, context.due)))
      return { suppressed: 'said in a message sent meanwhile' };
    const today = dateIn(context.now, context.forum.zone);
    const paused = (await putOff(context.db, context.forumId, member, context.now)).some(one => one.indicator === 0);
    const all = paused ? [] : await dueFor(context, member, isPrivate);
    const later = all.length ? await putOffActions(context.db, context.forumId, member, context.now) : null;
    const open = all.filter(one => !later?.has(one.number));
    if (open.length)
      return view(w.reminder({ n: open.length }), {
        tone: open.some(one => one.due !== null && one.due < today) ? 'warning' : 'plain',
        blocks: [list(await actionLines(context, open))],
        controls: [...actionControls(context, open), ...snoozeControls(context, open)],
      });
    if (!standsSince) return { suppressed: 'done, put off or paused' };
    return { last: all.length ? view(w.reminderPutOff) : view(w.reminderDone, { tone: 'good' }) };
  },
});

/** All actions that are late, in one message to the coordinators. */
const late: PostType = {
  keptCurrent: false,
  async view(context) {
    const w = context.m.action;
    const all = await lateActions(context.db, context.forumId, dateIn(context.now, context.forum.zone));
    if (!all.length) return { suppressed: 'done' };
    const lines = await actionLines(context, all.slice(0, LISTED));
    const more = all.length - LISTED;
    return view(w.lateTitle({ n: all.length }), {
      tone: 'warning',
      blocks: [list(more > 0 ? [...lines, w.lateMore({ n: more })] : lines)],
      controls: [[button(context.m, 'showActions', 'tl', { status: 'late' })]],
    });
  },
};

/** Puts the reminder of one action off, or of one of several. */
function snoozeControls({ m }: SendContext, open: readonly Action[]): Control[][] {
  const [only] = open;
  if (!only) return [];
  const reminder = actionCode(only);
  if (open.length === 1)
    return [[button(m, 'snoozeDay', 'rs', { reminder, until: '1d' }), button(m, 'snoozeTo', 'rs', { reminder })]];
  return [[actionMenu(m, 'snoozeOne', { action: 'rs', values: { until: '1d' } }, 'reminder', open)]];
}

const given = card((m, one) => m.action.given({ code: actionCode(one) }), true);
const unclaimed = card((m, one) => m.action.unclaimed({ code: actionCode(one) }));

/** A reminder of a promise that an earlier version put into the outbox: its agreement and the promise's number in it. */
const commitment: PostType = {
  keptCurrent: false,
  isPublic: true,
  async view(context, subject) {
    const [agreement = 0, item = 0] = subject.split(':').map(Number);
    const found = await actionOfItem(context.db, context.forumId, { agreement }, item);
    return found ? given.view(context, String(found.number)) : GONE;
  },
};

/** Post types about actions. */
export const actionSubjects: PostTypes = {
  action_given: given,
  action_reminded: card((m, one) => m.action.reminded({ code: actionCode(one) }), true),
  action_unclaimed: unclaimed,
  action_late: card((m, one) => m.action.isLate({ code: actionCode(one) })),
  actions_due: due('actions_due', false),
  private_actions_due: due('private_actions_due', true),
  actions_late: late,
  commitment,
};

import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import {
  type Block,
  type Control,
  facts,
  type Invocation,
  list,
  note,
  type Tone,
  table,
  text,
  type View,
  view,
} from '../contract/view.ts';
import type { Action } from '../domain/actions/row.ts';
import { type ActionState, actionState, isOpen } from '../domain/actions/rules.ts';
import { type Event, historyOf } from '../domain/audit.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { OwnAction } from '../domain/own-work.ts';
import type { Page } from '../domain/page.ts';
import { namesOf } from '../domain/partners.ts';
import { memberByNumber, memberNames } from '../domain/people.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, when } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import { formatMoney } from '../language/numbers.ts';
import { formatDay } from '../language/slots.ts';
import { type Text, t } from '../language/text.ts';
import { mapInTurns } from '../runtime/in-turns.ts';
import { changedText } from './changed.ts';
import { nextPage, placeNote } from './paging.ts';

const TONE: Readonly<Record<ActionState, Tone>> = {
  open: 'plain',
  late: 'warning',
  done: 'good',
  done_late: 'good',
  cancelled: 'plain',
};

/** Maximum number of entries in a menu, on either platform. */
const CHOICES = 25;

export const actionCode = ({ number }: Pick<Action, 'number'>): string => codeOf('action', number);

/** Returns what an action comes from, by its code; a talk has none. */
export const originCode = ({ m }: RenderContext, { origin, originNumber }: Action): string | null => {
  if (origin === null || originNumber === null) return null;
  if (origin === 'talk') return m.action.talk;
  return origin === 'warning' ? m.action.warning({ n: originNumber }) : codeOf(origin, originNumber);
};

/** Returns who does actions, by the number of the action: the person, with the partner that is bound. */
async function doersOf(context: RenderContext, actions: readonly Action[]): Promise<ReadonlyMap<number, string>> {
  const { db, forumId, m } = context;
  const partners = actions.some(one => one.partner !== null) ? await namesOf(db, forumId) : null;
  const people = await memberNames(
    db,
    forumId,
    actions.flatMap(one => one.owner ?? []),
  );
  return new Map(
    actions.map(({ number, owner, partner }) => {
      const of = partner === null ? undefined : partners?.get(partner);
      const name = owner === null ? undefined : people.get(owner);
      const who = name && of ? m.action.personOf({ name, partner: of }) : (name ?? of ?? m.action.nobody);
      return [number, who];
    }),
  );
}

const dueText = ({ m, locale }: RenderContext, due: string | null): string =>
  due === null ? m.action.noDue : formatDay(due, locale, 'short');

const stateText = (context: RenderContext, action: Action): string =>
  context.m.action.states[actionState(action, dateIn(context.now, context.zone))];

/** Title with the money that was promised. */
const titleOf = ({ locale }: RenderContext, { title, amount }: OwnAction): string =>
  amount === null ? title : `${title} (${formatMoney(amount, locale)})`;

/** Actions, a line each: what, who, by when, and how it stands. */
export async function actionLines(context: RenderContext, actions: readonly Action[]): Promise<Text[]> {
  const who = await doersOf(context, actions);
  return mapInTurns(actions, one =>
    context.m.action.line({
      code: actionCode(one),
      title: titleOf(context, one),
      who: who.get(one.number)!,
      due: dueText(context, one.due),
      state: stateText(context, one),
    }),
  );
}

/** One's own actions, a line each. */
export const ownActionLines = (context: RenderContext, actions: readonly OwnAction[]): Text[] =>
  actions.map(one =>
    context.m.action.lineOwn({
      code: actionCode(one),
      title: titleOf(context, one),
      due: dueText(context, one.due),
    }),
  );

/** Buttons of one open action, or menus over several. */
export function actionControls({ m }: RenderContext, actions: readonly Action[]): Control[][] {
  const open = actions.filter(isOpen).slice(0, CHOICES);
  const [only] = open;
  if (!only) return [];
  if (open.length === 1) {
    const id = { action: actionCode(only) };
    return [[button(m, 'doneAction', 'td', id, 'primary'), button(m, 'handAction', 'th', id)]];
  }
  const menu = (name: 'doneAction' | 'handAction', action: string): Control =>
    actionMenu(m, name, { action, values: {} }, 'action', open);
  return [[menu('doneAction', 'td')], [menu('handAction', 'th')]];
}

/** A menu that does something with one of several actions: `fills` is the option that takes the chosen one. */
export const actionMenu = (
  m: Messages,
  name: 'doneAction' | 'handAction' | 'snoozeOne',
  does: Invocation,
  fills: string,
  actions: readonly Action[],
): Control => ({
  kind: 'select',
  name,
  label: m.button[name],
  does,
  fills,
  choices: actions.slice(0, CHOICES).map(one => ({
    value: actionCode(one),
    label: cutAt(`${actionCode(one)} ${one.title}`, 70),
  })),
});

/** Returns what a decision or a warning is followed by: an action that comes from it, and all that did. */
export const fromDecision = (m: Messages, from: string): Control[] => [
  button(m, 'addAction', 'ta', { from }),
  button(m, 'showActions', 'tl', { from, status: 'all' }),
];

/** One action; `head` says what just happened to it. */
export async function actionCard(context: RenderContext, action: Action, head?: Text): Promise<View> {
  const { m, locale, db, forumId } = context;
  const w = m.action;
  const titled = t`${actionCode(action)} ${action.title}`;
  const who = (await doersOf(context, [action])).get(action.number)!;
  const by = action.doneBy === null ? null : await memberByNumber(db, forumId, action.doneBy);
  const done = action.doneOn && `${formatDate(action.doneOn, locale)}${by ? ` (${by.name})` : ''}`;
  const id = { action: actionCode(action) };
  return view(head ?? titled, {
    tone: TONE[actionState(action, dateIn(context.now, context.zone))],
    blocks: [
      head ? text(titled) : null,
      facts([
        [w.who, who],
        [w.due, action.due && formatDay(action.due, locale)],
        [w.state, stateText(context, action)],
        [w.from, originCode(context, action)],
        [w.amount, action.amount === null ? null : formatMoney(action.amount, locale)],
        [w.doneOn, done],
        [w.result, action.result],
        [w.cancelReason, action.cancelReason],
      ]),
      action.isPrivate ? note(w.isPrivate) : null,
    ],
    controls: isOpen(action)
      ? [...actionControls(context, [action]), [button(m, 'changeDue', 'te', id), button(m, 'cancelAction', 'tc', id)]]
      : [[button(m, 'reopen', 'tr', id)]],
  });
}

/** Returns what became of an action, a line a change. */
export async function actionHistory(context: RenderContext, { number }: Action): Promise<Block | null> {
  const { history: h, command } = context.m.action;
  const events = await historyOf(context.db, context.forumId, 'action', number);
  const names = await memberNames(
    context.db,
    context.forumId,
    events.flatMap(({ data }) => (typeof data.member === 'number' ? [data.member] : [])),
  );
  const said = ({ kind, data }: Event): Text => {
    const reason = String(data.reason ?? '');
    switch (kind) {
      case 'action.done':
        return h.done;
      case 'action.handed':
        return h.handed({ name: names.get(Number(data.member)) ?? context.m.core.somebody });
      case 'action.cancelled':
        return h.cancelled({ reason });
      case 'action.reopened':
        return h.reopened({ reason });
      case 'action.changed':
        return h.changed({ what: changedText(context, command.edit.options, data.changed) });
      default:
        return h.added;
    }
  };
  return list(
    events.map(
      event => t`${when(event.at, context.zone, context.locale)} · ${event.name ?? context.m.core.bot} ${said(event)}`,
    ),
  );
}

/** A page of actions. */
export async function actionList(
  context: RenderContext,
  page: Page<Action>,
  filter: Readonly<Record<string, string>>,
): Promise<View> {
  const w = context.m.action;
  const { rows } = page;
  const who = await doersOf(context, rows);
  return view(w.list, {
    blocks: [
      rows.length ? null : text(w.empty),
      table(
        [w.title, w.who, w.due, w.state],
        rows.map(row => [
          t`${actionCode(row)} ${titleOf(context, row)}`,
          who.get(row.number)!,
          row.due ? formatDay(row.due, context.locale, 'short') : context.m.core.none,
          stateText(context, row),
        ]),
      ),
      await placeNote(context, page),
    ],
    controls: [
      ...actionControls(context, rows),
      nextPage(context, page, 'tl', last => ({ ...filter, before: actionCode(last) })),
    ],
  });
}

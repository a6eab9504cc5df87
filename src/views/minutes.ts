import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, list, note, text, type View, view } from '../contract/view.ts';
import { actionsFrom } from '../domain/actions/store.ts';
import type { Activity } from '../domain/activities.ts';
import { codeOf } from '../domain/codes.ts';
import { areKept, type MinuteKind, minutesBefore, minutesOf } from '../domain/minutes.ts';
import { when } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { actionControls, actionLines } from './action.ts';

/** Maximum number of points that a card of the activity shows. */
const POINTS_ON_CARD = 8;

const idOf = ({ number }: Activity) => ({ activity: codeOf('activity', number) });

/** The points of an agenda, a line each; a card shows the first. */
export function agendaLines({ m }: RenderContext, { agenda }: Activity, shown = Number.POSITIVE_INFINITY): Text[] {
  const points = agenda ?? [];
  const more = points.length - shown;
  return [
    ...points.slice(0, shown).map(one => m.minutes.pointLine(one)),
    ...(more > 0 ? [m.minutes.morePoints({ n: more })] : []),
  ];
}

/** The agenda as the card of its activity carries it. */
export function agendaBlocks(context: RenderContext, activity: Activity): Block[] {
  const lines = agendaLines(context, activity, POINTS_ON_CARD);
  return lines.length ? [text(context.m.minutes.agenda), list(lines)].filter(block => block !== null) : [];
}

/** An agenda by itself. */
export function agendaCard(context: RenderContext, activity: Activity, head?: Text): View {
  const { minutes: w } = context.m;
  const id = idOf(activity);
  const lines = agendaLines(context, activity);
  const titled = w.agendaOf({ code: id.activity, title: activity.title });
  return view(head ?? titled, {
    blocks: [head ? text(titled) : null, lines.length ? list(lines) : text(w.noAgenda)],
    controls: activity.state === 'planned' ? [[button(context.m, 'addPoint', 'kg', id, 'primary')]] : [],
  });
}

/** The minutes of an activity: its agenda, what was decided, noted and is to be done. A drill shows those before it too. */
export async function minutesCard(context: RenderContext, activity: Activity, head?: Text): Promise<View> {
  const { m, db, forumId, locale, zone, now } = context;
  const w = m.minutes;
  const id = idOf(activity);
  const lines = await minutesOf(db, activity);
  const actions = await actionsFrom(db, forumId, { origin: 'activity', originNumber: activity.number });
  const before = await minutesBefore(db, activity);
  const section = (title: string, all: readonly Text[]): (Block | null)[] =>
    all.length ? [text(title), list([...all])] : [];
  const said = (kind: MinuteKind): Text[] =>
    lines.filter(one => one.kind === kind).map(one => w.lineText({ line: one.line, text: one.content }));
  const titled = w.title({ code: id.activity, title: activity.title });
  const { minutesUntil } = activity;
  const kept = areKept(activity, now);
  return view(head ?? titled, {
    blocks: [
      head ? text(titled) : null,
      lines.length || actions.length ? null : text(w.none),
      ...section(w.agenda, agendaLines(context, activity)),
      ...section(w.decisions, said('decision')),
      ...section(w.notes, said('note')),
      ...section(w.actions, await actionLines(context, actions)),
      minutesUntil ? note(kept ? w.kept : w.openUntil({ at: [when(minutesUntil, zone, locale)] })) : null,
      ...before.slice(0, 1).map(one => note(w.lastTime({ code: `${codeOf('activity', one.number)} ${one.title}` }))),
    ],
    controls: [
      [...(kept ? [] : [button(m, 'writeMinutes', 'kb', id, 'primary')]), button(m, 'copyText', 'ky', id)],
      ...actionControls(context, actions),
      before.length ? [button(m, 'minutesBefore', 'km', { activity: codeOf('activity', before[0]!.number) })] : [],
    ],
  });
}

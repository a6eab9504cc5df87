import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import {
  type Block,
  type Control,
  facts,
  list,
  note,
  opening,
  quote,
  type Tone,
  table,
  type View,
  view,
} from '../contract/view.ts';
import type { Activity } from '../domain/activities.ts';
import { partnersOf } from '../domain/activities.ts';
import type { ActivityDetails } from '../domain/activity-details.ts';
import { areaNames } from '../domain/areas/area.ts';
import { type Event, historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { type Attendance, isAttendanceUnknown } from '../domain/engagement/attendance.ts';
import { filesAmong } from '../domain/evidence.ts';
import { womenOf } from '../domain/groups/counts.ts';
import { queueOf } from '../domain/meetings/invitees.ts';
import type { Page } from '../domain/page.ts';
import { offsetAt, startOf } from '../domain/slots.ts';
import { formatDate, when } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { formatRecurrence } from '../language/recurrence.ts';
import { formatSlot } from '../language/slots.ts';
import { type Text, t } from '../language/text.ts';
import { fileControls, proofText } from './evidence.ts';
import { countsText } from './groups.ts';
import { agendaBlocks } from './minutes.ts';
import { nextPage, placeNote, readOn } from './paging.ts';

const TONE: Readonly<Record<Activity['state'], Tone>> = {
  planned: 'plain',
  done: 'good',
  cancelled: 'warning',
  undone: 'warning',
};

/** One activity with everything that is known of it; `head` says what just happened to it. */
export function activityCard(context: RenderContext, activity: Activity, details: ActivityDetails, head?: Text): View {
  const { m, locale } = context;
  const w = m.activity;
  const { partners, goal, author, invited, evidence, series } = details;
  const n = (value: number) => formatNumber(value, locale);
  const women = womenOf(activity);
  return view(head ?? t`${codeOf('activity', activity.number)} ${activity.title}`, {
    tone: TONE[activity.state],
    blocks: [
      head ? { kind: 'text', text: t`${codeOf('activity', activity.number)} ${activity.title}` } : null,
      facts([
        [w.state, w.states[activity.state]],
        [w.kind, w.kinds[activity.kind]],
        [w.date, whenText(context, activity)],
        [w.repeats, series && repeatText(context, series)],
        [w.location, activity.location],
        [m.core.area, areaNames(activity.area)],
        [
          w.participants,
          activity.participants === null
            ? null
            : w.people({ all: n(activity.participants), women: women === null ? null : n(women) }),
        ],
        [m.groups.title, isMoreThanWomen(activity) ? countsText(context, activity.groups ?? {}) : null],
        [w.partners, partners.map(partner => partner.name).join(', ')],
        [w.attendance, attendanceText(context, activity, invited)],
        [w.persons, personsText(context, activity, details)],
        [w.seatsLabel, seatsText(activity, details, w)],
        ...whoComes(context, activity, details),
        [w.goal, goal && t`${codeOf('goal', goal.number)} ${goal.title}`],
        [w.by, author],
        [w.reason, activity.cancelReason],
      ]),
      ...agendaBlocks(context, activity),
      activity.result ? opening(quote(activity.result), readOn(context, codeOf('activity', activity.number))) : null,
      list(
        evidence.map(
          one => t`${w.evidence}: ${w.evidenceKinds[one.kind]}, ${proofText(context, one.content, one.file)}`,
        ),
      ),
      activity.state === 'done' && !evidence.length ? note(w.noEvidence) : null,
    ],
    controls: [fileControls(context, codeOf('activity', activity.number), filesAmong(evidence))],
  });
}

/** Tells how it repeats, until when, and what becomes of it on days off. */
function repeatText(
  { m, locale }: RenderContext,
  { recurrence, start, holidays, last, count }: NonNullable<ActivityDetails['series']>,
): Text {
  const w = m.activity;
  const every = formatRecurrence(recurrence, start, locale);
  const rule =
    last !== null
      ? w.repeatsUntil({ rule: every, date: formatDate(last, locale, 'short') })
      : count !== null
        ? w.repeatsTimes({ rule: every, n: count })
        : every;
  return holidays === 'keep' ? rule : w.repeatsExcept({ rule, holidays: w.holidays[holidays] });
}

/** Says when it takes place, and at what time that is where the reader's clock shows another. */
function whenText({ locale, zone }: RenderContext, activity: Activity): Text {
  const printed = formatSlot(activity, locale);
  if (activity.time === null || activity.zone === null) return printed;
  const start = startOf(activity, activity.zone);
  return offsetAt(start, zone) === offsetAt(start, activity.zone)
    ? printed
    : t`${printed} (${when(start, zone, locale)})`;
}

/** Tells whether groups were counted that do not stand beside the number of all people. */
const isMoreThanWomen = ({ groups, participants }: Activity): boolean =>
  Object.keys(groups ?? {}).some(key => key !== 'women' || participants === null);

/** The persons who come by their own answer; afterwards those who came. */
function personsText({ m }: RenderContext, { state }: Activity, { persons }: ActivityDetails): Text | null {
  const w = m.activity;
  const n = (answer: Attendance['answer']): number => persons.filter(one => one.answer === answer).length;
  const came = persons.filter(one => one.came);
  if (came.length) return w.personsCame({ n: came.length, names: came.map(one => one.name).join(', ') });
  if (!persons.length || state !== 'planned') return null;
  return w.answersText({ yes: n('yes'), no: n('no'), maybe: n('maybe'), open: n(null) });
}

/** Maximum number of names in a list of a card; of more it says how many there are. */
const NAMED = 12;

/** Returns who comes to what is planned, by name, and who waits for a seat, the first in the queue first. */
function whoComes(
  { m }: RenderContext,
  { state, seats }: Activity,
  { invited, persons }: ActivityDetails,
): [Text, Text | null][] {
  if (state !== 'planned') return [];
  const w = m.activity;
  const { seated, waiting } = queueOf(seats, invited, persons);
  const yes = [...invited.map(one => ({ ...one, member: one.answeredBy })), ...persons].filter(
    one => one.answer === 'yes',
  );
  const listed = (members: readonly (number | null)[]): Text | null => {
    const names = members.flatMap(member => yes.filter(one => one.member === member).map(one => one.name));
    const shown = names.slice(0, NAMED).join(', ');
    return names.length > NAMED ? w.andMore({ names: shown, n: names.length - NAMED }) : shown || null;
  };
  return [
    [w.comeLabel, listed(seated)],
    [w.waitLabel, listed(waiting)],
  ];
}

/** Counts how many seats are taken, and how many people wait for one. */
function seatsText({ seats }: Activity, details: ActivityDetails, w: RenderContext['m']['activity']): Text | null {
  if (seats === null) return null;
  const { seated, waiting } = queueOf(seats, details.invited, details.persons);
  return w.seatsText({ n: seated.length, of: seats, waiting: waiting.length });
}

/** Returns who comes, as far as they have said; afterwards who came. */
function attendanceText(
  context: RenderContext,
  activity: Activity,
  invited: readonly (Attendance & { name: string })[],
) {
  if (!invited.length) return null;
  const w = context.m.activity;
  const names = (rows: readonly { name: string }[]) => rows.map(row => row.name).join(', ') || context.m.core.none;
  const noted = invited.filter(one => one.came !== null);
  if (isAttendanceUnknown(activity, invited)) return w.attendanceUnknown;
  if (activity.state === 'done')
    return noted.length
      ? w.cameText({
          n: noted.filter(one => one.came).length,
          of: noted.length,
          names: names(noted.filter(one => one.came)),
        })
      : null;
  const n = (answer: Attendance['answer']) => invited.filter(one => one.answer === answer).length;
  return w.answersText({ yes: n('yes'), no: n('no'), maybe: n('maybe'), open: n(null) });
}

/** Asks for the list of those who came, where it is missing. */
export function attendanceControls(
  context: RenderContext,
  activity: Activity,
  { invited }: ActivityDetails,
): Control[] {
  if (!isAttendanceUnknown(activity, invited)) return [];
  return [button(context.m, 'noteAttendance', 'kh', { activity: codeOf('activity', activity.number) }, 'primary')];
}

/** Kinds of activities that are reviewed afterwards. */
const REVIEWED: ReadonlySet<Activity['kind']> = new Set(['response', 'drill']);

/** The buttons under an activity; a person who may not press one is told so kindly. */
export function activityControls(context: RenderContext, activity: Activity, { undo = false } = {}): Control[] {
  const id = { activity: codeOf('activity', activity.number) };
  return [
    ...(activity.state === 'planned'
      ? [
          button(context.m, 'comes', 'kr', { ...id, answer: 'yes' }),
          button(context.m, 'absent', 'kr', { ...id, answer: 'no' }),
          button(context.m, 'perhaps', 'kr', { ...id, answer: 'maybe' }),
          button(context.m, 'done', 'kd', id, 'primary'),
        ]
      : []),
    ...(activity.state === 'done' ? [button(context.m, 'addEvidence', 'kv', id)] : []),
    ...(activity.minutesUntil ? [button(context.m, 'showMinutes', 'km', id)] : []),
    ...(activity.state === 'done' && REVIEWED.has(activity.kind) ? [button(context.m, 'reviewEvent', 'ijw', id)] : []),
    ...(undo ? [button(context.m, 'undo', 'ku', id)] : []),
  ];
}

/** The history of an activity, a line a change. */
export async function activityHistory(context: RenderContext, activity: Activity): Promise<Block | null> {
  const events = await historyOf(context.db, context.forumId, 'activity', activity.number);
  return list(events.map(event => line(context, event)));
}

function line(context: RenderContext, event: Event & { name: string | null }): Text {
  const { history } = context.m.activity;
  const kind = event.kind.replace('activity.', '') as keyof typeof history;
  const what = kind === 'changed' ? history.changed({ fields: fieldNames(context, event) }) : history[kind];
  return t`${when(event.at, context.zone, context.locale)} · ${event.name ?? context.m.core.bot} ${what}`;
}

const fieldNames = (context: RenderContext, event: Event): string => {
  const options: Readonly<Record<string, { name: string }>> = context.m.activity.command.edit.options;
  const changed = (event.data.changed as object | undefined) ?? {};
  // PostgreSQL keeps JSON in an order of its own, so the options give the order.
  return Object.entries(options)
    .flatMap(([field, { name }]) => (field in changed ? [name] : []))
    .join(', ');
};

/** A page of activities. */
export async function activityList(
  context: RenderContext,
  title: Text,
  page: Page<Activity>,
  next: { action: string; values: Readonly<Record<string, string>> },
): Promise<View> {
  const { m, locale } = context;
  const w = m.activity;
  const { rows } = page;
  const partners = await partnersOf(
    context.db,
    context.forumId,
    rows.map(row => row.number),
  );
  return view(title, {
    blocks: [
      rows.length === 0 ? { kind: 'text', text: w.empty } : null,
      table(
        [w.code, w.date, w.title, w.participants, w.partners],
        rows.map(row => [
          codeOf('activity', row.number),
          formatSlot(row, locale, 'short'),
          row.state === 'done' ? row.title : t`${row.title} (${w.states[row.state]})`,
          row.participants === null ? m.core.none : formatNumber(row.participants, locale),
          (partners.get(row.number) ?? []).map(partner => partner.name).join(', ') || m.core.none,
        ]),
        [3],
      ),
      await placeNote(context, page),
    ],
    controls: [
      nextPage(context, page, next.action, last => ({ ...next.values, before: codeOf('activity', last.number) })),
    ],
  });
}

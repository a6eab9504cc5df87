import type { WriteContext } from '../../src/bot/act-context.ts';
import { areas } from '../../src/bot/area-kind.ts';
import { optional } from '../../src/bot/command.ts';
import { peopleByGroup } from '../../src/bot/group-kinds.ts';
import { choice, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, evidence, list as listOf, type Proof } from '../../src/bot/references.ts';
import { end, hours, slot } from '../../src/bot/slot-kinds.ts';
import { Refusal, type Refusals, refuseIf } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { type Activity, type ActivityNo, mayAdd, mayChange, partnersOf } from '../../src/domain/activities.ts';
import { type ActivityDetails, detailsOf } from '../../src/domain/activity-details.ts';
import { codeOf } from '../../src/domain/codes.ts';
import type { EvidenceKind } from '../../src/domain/evidence.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { type TooMany, tooMany, wholeOf, withCounts } from '../../src/domain/groups/counts.ts';
import { type Counts, dimensionsOf } from '../../src/domain/groups/dimensions.ts';
import { type Amount, decimalOf } from '../../src/domain/indicators/fraction.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { startOf } from '../../src/domain/slots.ts';
import { formatNumber } from '../../src/language/numbers.ts';
import { ACTIVITY_WORDS } from '../../src/language/synonyms.ts';
import type { Text } from '../../src/language/text.ts';
import { ACTIVITY_KINDS } from '../../src/storage/schema/activities.ts';
import { activityCard, activityControls, attendanceControls } from '../../src/views/activity.ts';
import { dimensionName } from '../../src/views/groups.ts';
import { attachProof } from '../evidence.ts';

export const code = (activity: Activity): string => codeOf('activity', activity.number);

export const refusals: Refusals<ActivityNo> = {
  not_yours: () => new Refusal('forbidden', m => m.activity.notYours),
  over: no => new Refusal('closed', m => m.activity.isOver({ code: no.code, state: m.activity.states[no.state] })),
  too_late: () => new Refusal('closed', m => m.activity.tooLateToUndo),
};

const involved = async (ctx: WriteContext, { number }: Activity): Promise<number[]> =>
  ((await partnersOf(ctx.db, ctx.forumId, [number])).get(number) ?? []).map(one => one.number);

/** Lets through who may change the activity. */
export async function assertMayChange(ctx: WriteContext, activity: Activity): Promise<void> {
  refuseIf(mayChange(ctx.actor, activity, await involved(ctx, activity)), refusals);
}

/** Lets through who may add to the activity. */
export async function open(ctx: WriteContext, activity: Activity): Promise<void> {
  refuseIf(mayAdd(ctx.actor, activity, await involved(ctx, activity)), refusals);
}

export const details = {
  kind: optional(choice(ACTIVITY_KINDS, m => m.activity.kinds, ACTIVITY_WORDS)),
  date: optional(slot()),
  location: optional(line({ max: 200 })),
  participants: optional(whole({ unit: 'people' })),
  women: optional(whole({ unit: 'people' })),
  partners: optional(listOf(entity(partnerSource))),
  goal: optional(entity(goalSource)),
  result: optional(paragraph()),
  evidence: optional(evidence()),
  area: optional(areas()),
  time: optional(hours()),
  until: optional(end()),
  groups: optional(peopleByGroup('women')),
};

/** Describes what is said of the people who took part. */
interface SaidOfPeople {
  readonly participants?: number | undefined;
  readonly women?: number | undefined;
  readonly groups?: Counts<number | null> | undefined;
}

/**
 * The people of an activity and their groups, as far as they are said now; what is not said is absent.
 * @throws Refusal `invalid_option` where women are said to be two numbers, or groups are more than all.
 */
export function peopleSaid(
  ctx: WriteContext,
  before: Pick<Activity, 'participants' | 'groups'> | null,
  { participants, women, groups }: SaidOfPeople,
): Partial<Pick<Activity, 'participants' | 'groups'>> {
  if (women !== undefined && groups?.women !== undefined && groups.women !== women)
    throw new Refusal('invalid_option', m => m.groups.twice({ group: m.groups.names.women }), { option: 'groups' });
  const isSaid = women !== undefined || groups !== undefined;
  const counts = isSaid
    ? withCounts(before?.groups ?? null, { ...groups, ...(women !== undefined && { women }) })
    : (before?.groups ?? null);
  const dimensions = dimensionsOf(ctx.forum.settings);
  // The sum need not be typed where everybody was counted by group.
  const all = participants ?? before?.participants ?? (isSaid && counts ? wholeOf(counts, dimensions) : null);
  const over = tooMany(counts, all, dimensions);
  if (over && counts && all !== null) throw tooManyPeople(ctx, over, { counts, all, isWomen: groups === undefined });
  return {
    ...(all !== null && (participants !== undefined || all !== before?.participants) && { participants: all }),
    ...(isSaid && { groups: counts }),
  };
}

function tooManyPeople(
  ctx: WriteContext,
  { dimension, sum }: TooMany,
  { counts, all, isWomen }: { counts: Counts; all: number; isWomen: boolean },
): Refusal {
  const women = counts.women ?? 0;
  if (isWomen && women > all)
    return new Refusal('invalid_option', m => m.activity.tooManyWomen({ women, participants: all }), {
      option: 'women',
    });
  const n = (value: Amount): string => formatNumber(decimalOf(value, 0), ctx.locale);
  return new Refusal(
    'invalid_option',
    m => m.groups.tooMany({ dimension: dimensionName(m, dimension.key), sum: n(sum), whole: n(all) }),
    { option: isWomen ? 'participants' : 'groups' },
  );
}

/**
 * Puts a planned activity into the calendars of the forum's places, once however often it is moved. What has begun is
 * left out: no platform takes a start that has passed.
 */
export async function intoCalendar(ctx: WriteContext, activity: Activity): Promise<void> {
  const { number, series } = activity;
  if (startOf(activity, ctx.forum.zone) <= ctx.now) return;
  if (series !== null) return seriesIntoCalendar(ctx, series);
  const topic = { kind: 'activity_event', subject: String(number) };
  await ctx.post(topic, { calendars: true }, { occurrence: `activity_event:${number}` });
}

/** Puts a series into the calendars of the forum's places: one entry, that of the occurrence which comes next. */
export const seriesIntoCalendar = (ctx: WriteContext, series: number): Promise<void> =>
  ctx.post(
    { kind: 'series_event', subject: String(series) },
    { calendars: true },
    { occurrence: `series_event:${series}` },
  );

/** Keeps evidence of an activity; its kind is guessed where nobody said. */
export const attachEvidence = (
  ctx: WriteContext,
  { number }: Activity,
  proof: Proof,
  kind?: EvidenceKind,
): Promise<void> => attachProof(ctx, { thing: 'activity', number }, proof, kind);

/** Writes a change of an activity down, brings what stands about it up to date, and answers with its card. */
export async function recordChange(
  ctx: WriteContext,
  activity: Activity,
  kind: string,
  head: Text,
  data = {},
): Promise<View> {
  await ctx.record({ kind: `activity.${kind}`, thing: 'activity', number: activity.number, data });
  const subject = String(activity.number);
  const event =
    activity.series === null
      ? { kind: 'activity_event', subject }
      : { kind: 'series_event', subject: String(activity.series) };
  await ctx.stale({ kind: 'activity', subject }, event);
  return cardOf(ctx, activity, await detailsOf(ctx.db, activity), head);
}

/** The card of an activity with its buttons. */
export function cardOf(
  ctx: WriteContext,
  activity: Activity,
  details: ActivityDetails,
  head: Text,
  { undo = false } = {},
): View {
  const card = activityCard(ctx, activity, details, head);
  const controls = [
    attendanceControls(ctx, activity, details),
    activityControls(ctx, activity, { undo }),
    ...card.controls,
  ];
  return { ...card, controls: controls.filter(row => row.length) };
}

import type { Reader } from '../../storage/store.ts';
import type { AgreementState } from '../agreements/rules.ts';
import { dateIn, type Span } from '../calendar.ts';
import type { Forum } from '../forums.ts';
import { grouped } from '../grouped.ts';
import type { Expected } from '../indicators/owed.ts';
import { partnersByNumbers } from '../partners.ts';
import {
  activitiesJoined,
  activitiesLed,
  agreementStates,
  attendance,
  commitmentsKept,
  moneyGiven,
  moneyPledged,
  responseHours,
  type Scope,
  votesHeard,
} from './counts.ts';
import type { Judging } from './judging.ts';
import type { Measure, Part } from './score.ts';

/** A partner's engagement in a time, each figure with what it is counted of. */
export interface Engagement {
  readonly parts: Readonly<Record<Part, Measure>>;
  /** Reports that were on time, of those that were due. */
  readonly onTime: Measure;
  /** Activities that the partner took part in, and those that its own people entered. */
  readonly activities: number;
  readonly led: number;
  /** Money in that is counted, of what was promised for the time, in minor units. */
  readonly given: { readonly n: bigint; readonly of: bigint };
  /** The median of the hours until somebody took up one of the partner's issues. */
  readonly responseHours: number | null;
  readonly agreements: readonly AgreementState[];
}

const NONE: Measure = { n: 0, of: 0 };

type Parts = Pick<Engagement, 'parts' | 'onTime'>;

/**
 * A time for each of some partners, as far as it can be judged: until today, and until a partner left. Those with the
 * same end are counted together.
 */
async function judgedScopes(db: Reader, forum: Forum, numbers: readonly number[], span: Span, today: string) {
  const partners = await partnersByNumbers(db, forum.id, numbers);
  const endOf = (archivedAt: Date | null): string => {
    const last = archivedAt ? dateIn(archivedAt, forum.zone) : today;
    return [span.to, today, last].sort()[0]!;
  };
  return [...grouped(partners, one => endOf(one.archivedAt))].map(
    ([to, some]): Scope => ({ db, forum, partners: some.map(one => one.number), span: { from: span.from, to } }),
  );
}

async function partsIn(scope: Scope, how: Judging): Promise<Map<number, Parts>> {
  const [came, kept, heard] = [
    await attendance(scope),
    await commitmentsKept(scope, how.today),
    await votesHeard(scope),
  ];
  const fellDue = await how.fellDue(scope.span);
  return new Map(
    scope.partners.map(partner => {
      const { made, onTime } = reporting(fellDue.get(partner) ?? []);
      const parts = {
        attendance: came.get(partner) ?? NONE,
        reporting: made,
        commitments: kept.get(partner) ?? NONE,
        votes: heard.get(partner) ?? NONE,
      };
      return [partner, { parts, onTime }];
    }),
  );
}

/**
 * The figures that the composite of each of some partners is made of, and what the reports among them say besides. The
 * number of statements is the same for any number of partners that take part.
 */
export async function partsOf(
  db: Reader,
  forum: Forum,
  partners: readonly number[],
  whole: Span,
  how: Judging,
): Promise<ReadonlyMap<number, Parts>> {
  const all: [number, Parts][] = [];
  for (const scope of await judgedScopes(db, forum, partners, whole, how.today))
    all.push(...(await partsIn(scope, how)));
  return new Map(all);
}

/** Reads the engagement of some partners from the record, with as many statements for one as for a thousand. */
export async function engagementsOf(
  db: Reader,
  forum: Forum,
  partners: readonly number[],
  whole: Span,
  how: Judging,
): Promise<ReadonlyMap<number, Engagement>> {
  const all = new Map<number, Engagement>();
  const pledged = await moneyPledged({ db, forum, partners, span: whole });
  for (const scope of await judgedScopes(db, forum, partners, whole, how.today)) {
    const parts = await partsIn(scope, how);
    const [joined, led] = [await activitiesJoined(scope), await activitiesLed(scope)];
    const [given, hours] = [await moneyGiven(scope), await responseHours(scope)];
    const agreements = await agreementStates(scope, how.today);
    for (const [partner, of] of parts)
      all.set(partner, {
        ...of,
        activities: joined.get(partner) ?? 0,
        led: led.get(partner) ?? 0,
        given: { n: given.get(partner) ?? 0n, of: pledged.get(partner) ?? 0n },
        responseHours: hours.get(partner) ?? null,
        agreements: agreements.get(partner) ?? [],
      });
  }
  return all;
}

/** Reads one partner's engagement from the record. */
export const engagementOf = async (
  db: Reader,
  forum: Forum,
  partner: number,
  span: Span,
  how: Judging,
): Promise<Engagement> => (await engagementsOf(db, forum, [partner], span, how)).get(partner)!;

/** Reports that fell due in the time: made at all, and made on time. What a file brought tells nothing of timeliness. */
function reporting(due: readonly Expected[]): { made: Measure; onTime: Measure } {
  const made = due.filter(one => one.made);
  const imported = made.filter(one => one.report && one.report.fromImport !== null);
  const onTime = made.filter(one => one.report?.onTime);
  return {
    made: { n: made.length, of: due.length },
    onTime: { n: onTime.length, of: due.length - imported.length },
  };
}

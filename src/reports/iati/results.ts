import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import { areasOf } from '../../domain/areas/area.ts';
import type { Span } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import { isPublicKind } from '../../domain/evidence.ts';
import type { Forum } from '../../domain/forums.ts';
import { type BuiltInGroup, dimensionsOf, groupMeant, isKnownGroup } from '../../domain/groups/dimensions.ts';
import { decimalOf, exact, type Fraction, plus } from '../../domain/indicators/fraction.ts';
import type { IndicatorStatus, PeriodStatus } from '../../domain/indicators/period-status.ts';
import type { IndicatorRecord } from '../../domain/indicators/record.ts';
import { isAdditive, isPercent, ownTarget } from '../../domain/indicators/span.ts';
import { type Terms, termsAt } from '../../domain/indicators/terms.ts';
import { element, elementInPieces, type Markup } from '../../language/markup.ts';
import { mapInTurns } from '../../runtime/in-turns.ts';
import { goalsAtEnd } from '../subjects/goals.ts';
import { indicatorsInPieces, lastDay } from '../subjects/indicators.ts';
import { documentLink, OTHER_RESULT, OUTCOME, PERCENTAGE, RESULTS_DOCUMENT, said, UNIT } from './codes.ts';

/** Values by groups of people, by indicator and period: `3 2026-Q1` leads to each group's sum. */
type Groups = ReadonlyMap<string, ReadonlyMap<string, Fraction>>;

/** Describes what is told of indicators beside how they stand. */
interface Beside {
  readonly groups: Groups;
  /** Documents of an indicator that anybody may open, by its number. */
  readonly documents: ReadonlyMap<number, readonly Markup[]>;
}

/** The indicators of a time as a file has them, and what else it says of them. */
export interface IndicatorParts {
  /** Each with the goal that it serves at the time's end. */
  readonly made: readonly { readonly goal: number | null; readonly element: Markup }[];
  /** The stored areas of all of them. */
  readonly areas: ReadonlySet<string | null>;
  /** The partners that report them. */
  readonly reporting: ReadonlySet<number>;
}

/** Writes the indicators of a time, some at a time: of each only its text is kept. */
export async function indicatorParts(
  context: RenderContext,
  forum: Forum,
  span: Span,
  page: string | null,
): Promise<IndicatorParts> {
  const end = lastDay(context, forum, span);
  const beside = { groups: await groupsOf(context), documents: await documentsOf(context, page) };
  const made: { goal: number | null; element: Markup }[] = [];
  const [areas, reporting] = [new Set<string | null>(), new Set<number>()];
  for await (const some of indicatorsInPieces(context, forum, span)) {
    for (const { indicator, record } of some) {
      areas.add(indicator.area);
      for (const partner of termsAt(record, end).partners) reporting.add(partner);
    }
    const written = await mapInTurns(some, one => ({
      goal: termsAt(one.record, end).goal,
      element: indicatorElement(context, one, span, termsAt(one.record, end), beside),
    }));
    made.push(...written);
  }
  return { made, areas, reporting };
}

/** The results: one a goal, with its indicators; those of no goal stand in one of their own. */
export async function resultElements(
  context: RenderContext,
  forum: Forum,
  span: Span,
  { made }: IndicatorParts,
): Promise<Markup[]> {
  const result = (type: string, title: string, description: string | null, goal: number | null): Markup[] => {
    const indicators = made.filter(one => one.goal === goal).map(one => one.element);
    if (!indicators.length) return [];
    const about = [said('title', title), ...(description ? [said('description', description)] : [])];
    return elementInPieces('result', { type, 'aggregation-status': 'false' }, [...about, ...indicators]);
  };
  return [
    ...(await goalsAtEnd(context, forum, span)).flatMap(one =>
      result(OUTCOME, `${codeOf('goal', one.number)} ${one.title}`, one.description, one.number),
    ),
    ...result(OTHER_RESULT, context.m.report.iati.noGoal, null, null),
  ];
}

/** Reports by groups in force. Where partners do not add up, only what one reporter said can be told. */
async function groupsOf({ db, forumId }: RenderContext): Promise<Groups> {
  const { reports: r } = db.tables;
  const rows = await db
    .select({ indicator: r.indicator, period: r.period, parts: r.parts })
    .from(r)
    .where(and(eq(r.forumId, forumId), eq(r.inForce, true), eq(r.state, 'submitted'), isNotNull(r.parts)));
  const found = new Map<string, Map<string, Fraction>>();
  for (const { indicator, period, parts } of rows) {
    const key = `${indicator} ${period}`;
    const sums = found.get(key) ?? new Map<string, Fraction>();
    for (const [group, n] of Object.entries(parts ?? {})) {
      const before = sums.get(group);
      sums.set(group, before ? plus(before, exact(n)) : exact(n));
    }
    found.set(key, sums);
  }
  return found;
}

async function documentsOf({ db, forumId }: RenderContext, page: string | null): Promise<Beside['documents']> {
  const found = new Map<number, Markup[]>();
  if (page === null) return found;
  const { evidence: e, files: f } = db.tables;
  const rows = await db
    .select({ number: e.number, kind: e.kind, content: e.content, file: e.file, type: f.type })
    .from(e)
    .innerJoin(f, and(eq(f.forumId, e.forumId), eq(f.hash, e.file)))
    .where(
      and(
        eq(e.forumId, forumId),
        eq(e.thing, 'indicator'),
        isNull(e.withdrawnAt),
        inArray(e.kind, ['minutes', 'photo', 'file']),
      ),
    );
  for (const { number, kind, content, file, type } of rows)
    if (isPublicKind(kind) && file !== null) {
      const link = documentLink(`${page}/files/${file}`, type, content, RESULTS_DOCUMENT);
      found.set(number, [...(found.get(number) ?? []), link]);
    }
  return found;
}

const locationsOf = (area: string | null): Markup[] =>
  areasOf(area).map(({ code }) => element('location', { ref: code }));

function indicatorElement(
  context: RenderContext,
  { indicator, record, standings }: IndicatorStatus,
  span: Span,
  terms: Terms,
  { groups, documents }: Beside,
): Markup {
  const percent = isPercent(terms);
  const periods = standings.filter(
    ({ period, value, target }) =>
      period.start <= span.to && period.end >= span.from && (value !== null || target !== null),
  );
  const code = codeOf('indicator', indicator.number);
  const unit = percent ? null : context.m.report.iati.unit({ unit: terms.unit });
  const about = [terms.definition, unit].filter(Boolean).join(' ');
  const locations = locationsOf(indicator.area);
  return element(
    'indicator',
    {
      measure: percent ? PERCENTAGE : UNIT,
      ascending: String(terms.direction === 'up'),
      'aggregation-status': String(isAdditive(terms)),
    },
    said('title', `${code} ${terms.name}`),
    about && said('description', about),
    documents.get(indicator.number),
    baselineElement(terms),
    periods.map(one =>
      periodElement(context, record, one, locations, groups.get(`${indicator.number} ${one.period.key}`)),
    ),
  );
}

/** The standard asks for the year of a baseline: without a date there is none to give. */
function baselineElement({ baseline, baselineDate, baselineSource }: Terms): Markup | null {
  if (baseline === null || baselineDate === null) return null;
  return element(
    'baseline',
    { year: baselineDate.slice(0, 4), 'iso-date': baselineDate, value: decimalOf(exact(baseline), 6) },
    baselineSource && said('comment', baselineSource),
  );
}

/** Groups of people that Rembug knows, as dimensions by which others divide them. */
const DIMENSIONS: Readonly<Record<BuiltInGroup, readonly [name: string, value: string]>> = {
  women: ['sex', 'female'],
  men: ['sex', 'male'],
  age_0_4: ['age', '0-4'],
  age_5_17: ['age', '5-17'],
  age_18_59: ['age', '18-59'],
  age_60: ['age', '60+'],
  disability: ['disability', 'with disability'],
  no_disability: ['disability', 'without disability'],
};

/** A group of people as a dimension of the standard; one of the forum's own by its own name. */
function dimension(group: string): Markup {
  const known = groupMeant(group, dimensionsOf(undefined), () => []);
  const [name, value] = known !== null && isKnownGroup(known) ? DIMENSIONS[known] : ['group', group];
  return element('dimension', { name, value });
}

/** Writes a period. What adds up has each period's own value and target, else readers count it twice. */
function periodElement(
  { m }: RenderContext,
  record: IndicatorRecord,
  one: PeriodStatus,
  locations: readonly Markup[],
  groups: ReadonlyMap<string, Fraction> | undefined,
): Markup {
  const { period, interpolated, n, of, terms } = one;
  const adds = isAdditive(terms);
  const value = adds ? one.own : one.value;
  const target = adds ? ownTarget(record, period) : one.target;
  const isWhole = terms.partnersAggregate === 'sum' || n === 1;
  const parts = value !== null && groups && isWhole && !isPercent(terms) ? [...groups] : [];
  return element(
    'period',
    {},
    element('period-start', { 'iso-date': period.start }),
    element('period-end', { 'iso-date': period.end }),
    target !== null &&
      element(
        'target',
        { value: decimalOf(target, 6) },
        locations,
        interpolated && said('comment', m.report.iati.interpolated),
      ),
    value !== null &&
      element('actual', { value: decimalOf(value, 6) }, locations, said('comment', m.indicator.nOf({ n, of }))),
    parts
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([group, part]) => element('actual', { value: decimalOf(part, 6) }, locations, dimension(group))),
  );
}

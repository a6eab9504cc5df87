import type { RenderContext } from '../contract/render-context.ts';
import { dateIn, instantsOf, type Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import type { Goal } from '../domain/goals.ts';
import { decimalOf } from '../domain/indicators/fraction.ts';
import type { IndicatorStatus, PeriodStatus } from '../domain/indicators/period-status.ts';
import type { IndicatorRecord } from '../domain/indicators/record.ts';
import { isAdditive, isPercent, ownTarget } from '../domain/indicators/span.ts';
import { type Terms, termsAt } from '../domain/indicators/terms.ts';
import { type Partner, partnersBefore, type Sector } from '../domain/partners.ts';
import { lastChange } from './last-change.ts';
import { forumAtEnd, forumContext } from './report.ts';
import { goalsAtEnd } from './subjects/goals.ts';
import { indicatorsIn, lastDay } from './subjects/indicators.ts';

/** Codes of IATI 2.03's lists. */
const OUTCOME = '2';
const OTHER_RESULT = '9';
const UNIT = '1';
const PERCENTAGE = '2';
const IMPLEMENTATION = '2';
const ACTUAL_START = '2';
const IMPLEMENTING = '4';
const OTHER_ORGANISATION = '90';
const ORGANISATIONS: Readonly<Record<Sector, string>> = {
  government: '10',
  ngo: '24',
  private: '70',
  academia: '80',
  community: OTHER_ORGANISATION,
  media: OTHER_ORGANISATION,
};

/** An attribute is a key with `@` before it, an element that may come again an array: as the standard's XML has it. */
type Element = { readonly [name: string]: string | Element | readonly Element[] };

const said = (text: string): Element => ({ narrative: [{ '#text': text }] });

/**
 * A forum's results as one activity of the International Aid Transparency Initiative, version 2.03, in JSON: a result a
 * goal, with its indicators, their baselines, and the periods that touch a time with target and actual value. Elements
 * stand in the order of the standard's schema, so that XML can be made of it as it is. A forum has no identifier that
 * the initiative has given out; whoever publishes this puts theirs in its place.
 */
export async function iatiOf(asked: RenderContext, today: Forum, span: Span): Promise<Element> {
  const context = forumContext(asked, today);
  const { locale, m } = context;
  const forum = await forumAtEnd(context, today, span);
  const changed = await lastChange(context, forum, span);
  const indicators = await indicatorsIn(context, forum, span);
  const partners = await participantsIn(context, forum, span, indicators);
  const identifier = `REMBUG-${forum.id}`;
  const participating = partners.map(partner => ({
    '@role': IMPLEMENTING,
    '@type': partner.sector ? ORGANISATIONS[partner.sector] : OTHER_ORGANISATION,
    ...said(partner.name),
  }));
  const owner = { '@ref': identifier, '@type': OTHER_ORGANISATION };
  return {
    'iati-activities': {
      '@version': '2.03',
      'iati-activity': [
        {
          ...(changed && { '@last-updated-datetime': changed.toISOString() }),
          '@xml:lang': locale,
          '@default-currency': 'IDR',
          'iati-identifier': identifier,
          'reporting-org': { ...owner, ...said(forum.name) },
          title: said(forum.name),
          description: [said(m.report.iati.description({ forum: forum.name }))],
          'participating-org': participating.length
            ? participating
            : [{ '@role': IMPLEMENTING, '@type': OTHER_ORGANISATION, ...said(forum.name) }],
          'activity-status': { '@code': IMPLEMENTATION },
          'activity-date': [{ '@iso-date': dateIn(forum.createdAt, forum.zone), '@type': ACTUAL_START }],
          'recipient-country': [{ '@code': 'ID' }],
          result: await resultsOf(context, forum, span, indicators),
        },
      ],
    },
  };
}

/** The same as the text of a file. */
export const iatiText = async (context: RenderContext, forum: Forum, span: Span): Promise<string> =>
  `${JSON.stringify(await iatiOf(context, forum, span), null, 2)}\n`;

/**
 * The partners there were at the end of a time, as they were then, and who reports what is told of it. A time before the
 * forum began here was entered afterwards, with the partners of today.
 */
async function participantsIn(
  context: RenderContext,
  forum: Forum,
  span: Span,
  indicators: readonly IndicatorStatus[],
): Promise<Partner[]> {
  const [, until] = instantsOf(span, forum.zone);
  const end = lastDay(context, forum, span);
  const reporting = new Set(indicators.flatMap(({ record }) => termsAt(record, end).partners));
  const all = await partnersBefore(context.db, context.forumId, until);
  const isBefore = ({ createdAt }: Partner): boolean => createdAt < until || forum.createdAt >= until;
  return all.filter(one => one.archivedAt === null && (isBefore(one) || reporting.has(one.number)));
}

async function resultsOf(
  context: RenderContext,
  forum: Forum,
  span: Span,
  all: readonly IndicatorStatus[],
): Promise<Element[]> {
  const { m } = context;
  const end = lastDay(context, forum, span);
  const goals = await goalsAtEnd(context, forum, span);
  const result = (
    type: string,
    title: string,
    description: string | null,
    indicators: readonly IndicatorStatus[],
  ): Element => ({
    '@type': type,
    '@aggregation-status': 'false',
    title: said(title),
    ...(description && { description: said(description) }),
    indicator: indicators.map(one => indicatorElement(context, one, span, termsAt(one.record, end))),
  });
  const ofGoal = (goal: Goal | null): IndicatorStatus[] =>
    all.filter(({ record }) => termsAt(record, end).goal === (goal?.number ?? null));
  const results = goals
    .map(goal => ({ goal, indicators: ofGoal(goal) }))
    .filter(({ indicators }) => indicators.length)
    .map(({ goal, indicators }) =>
      result(OUTCOME, `${codeOf('goal', goal.number)} ${goal.title}`, goal.description, indicators),
    );
  const loose = ofGoal(null);
  return loose.length ? [...results, result(OTHER_RESULT, m.report.iati.noGoal, null, loose)] : results;
}

function indicatorElement(
  context: RenderContext,
  { indicator, record, standings }: IndicatorStatus,
  span: Span,
  terms: Terms,
): Element {
  const percent = isPercent(terms);
  const periods = standings.filter(
    ({ period, value, target }) =>
      period.start <= span.to && period.end >= span.from && (value !== null || target !== null),
  );
  const code = codeOf('indicator', indicator.number);
  const unit = context.m.report.iati.unit({ unit: terms.unit });
  const about = [terms.definition, percent ? null : unit].filter(Boolean).join(' ');
  return {
    '@measure': percent ? PERCENTAGE : UNIT,
    '@ascending': String(terms.direction === 'up'),
    '@aggregation-status': String(isAdditive(terms)),
    title: said(`${code} ${terms.name}`),
    ...(about && { description: said(about) }),
    ...baselineOf(terms),
    ...(periods.length && { period: periods.map(one => periodElement(context, record, one)) }),
  };
}

/** The standard asks for the year of a baseline: without a date there is none to give. */
function baselineOf({ baseline, baselineDate, baselineSource }: Terms): Element {
  if (baseline === null || baselineDate === null) return {};
  return {
    baseline: [
      {
        '@iso-date': baselineDate,
        '@year': baselineDate.slice(0, 4),
        '@value': String(baseline),
        ...(baselineSource && { comment: said(baselineSource) }),
      },
    ],
  };
}

/** What adds up is given by each period's own value and target, else a reader who adds periods counts them twice. */
function periodElement({ m }: RenderContext, record: IndicatorRecord, one: PeriodStatus): Element {
  const w = m.report.iati;
  const { period, interpolated, n, of, terms } = one;
  const adds = isAdditive(terms);
  const value = adds ? one.own : one.value;
  const target = adds ? ownTarget(record, period) : one.target;
  return {
    'period-start': { '@iso-date': period.start },
    'period-end': { '@iso-date': period.end },
    ...(target !== null && {
      target: [{ '@value': decimalOf(target, 6), ...(interpolated && { comment: said(w.interpolated) }) }],
    }),
    ...(value !== null && {
      actual: [{ '@value': decimalOf(value, 6), comment: said(m.indicator.nOf({ n, of })) }],
    }),
  };
}

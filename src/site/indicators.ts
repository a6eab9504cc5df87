import { worksIn } from '../domain/areas/area.ts';
import { codeOf } from '../domain/codes.ts';
import { listGoals } from '../domain/goals.ts';
import { latest, type PeriodStatus, periodStatuses } from '../domain/indicators/period-status.ts';
import { type IndicatorRecord, recordsOf } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { indicatorByNumber, listIndicators } from '../domain/indicators/store.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import { namesOf } from '../domain/partners.ts';
import { formatDate } from '../language/dates.ts';
import { type Markup, markup } from '../language/markup.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { sourcesText } from '../views/fill.ts';
import { reportersText } from '../views/indicator.ts';
import { indicatorPicture } from '../views/indicator-picture.ts';
import { type Names, nOf, statusText, withUnit } from '../views/indicator-words.ts';
import { areaChoice } from './areas.ts';
import { closedAssessments } from './assessments.ts';
import { pictured } from './charts.ts';
import { anchor, date, facts, files, pages, paragraph, section, table } from './components.ts';
import { evidencePiece } from './kept.ts';
import type { PageContext, Sheet } from './page-context.ts';

const A_PAGE = 20;

/** An indicator, its periods, and how it stands now. */
export interface Stood {
  readonly indicator: Indicator;
  readonly record: IndicatorRecord;
  readonly all: readonly PeriodStatus[];
  readonly now: PeriodStatus;
  readonly names: Names;
}

const CLASS = { met: 'good', green: 'good', amber: 'warning', red: 'bad' } as const;

/** The status by word, sign and colour. */
export const badge = ({ render: context }: PageContext, now: PeriodStatus, names: Names): Markup =>
  markup`<span class="badge ${now.colour ? CLASS[now.colour] : ''}">${statusText(context, now, names)}</span>`;

const codeIn = (indicator: Indicator): string => codeOf('indicator', indicator.number);

export const indicatorLink = ({ links }: PageContext, indicator: Indicator): Markup =>
  anchor(links.to(`/indicators/${codeIn(indicator)}`), indicator.name);

/** The current value with its period, or that there is none, with the unit in which one is awaited. */
export function valueNow({ render: context }: PageContext, { indicator, now }: Stood): string {
  if (now.value !== null) return `${withUnit(context, indicator, now.value)} (${now.period.key})`;
  return indicator.unit ? `${context.m.site.noValue} (${indicator.unit})` : context.m.site.noValue;
}

const withDate = (pageContext: PageContext, value: string, day: string | null): string =>
  day ? `${value} (${formatDate(day, pageContext.render.locale, 'short')})` : value;

export const targetOf = (pageContext: PageContext, indicator: Indicator): string | null =>
  indicator.target === null
    ? null
    : withDate(pageContext, withUnit(pageContext.render, indicator, indicator.target), indicator.due);

/** Tells how each of some indicators stands. */
export async function standing(pageContext: PageContext, indicators: readonly Indicator[]): Promise<Stood[]> {
  const stood: Stood[] = [];
  const names = await namesOf(pageContext.render.db, pageContext.render.forumId);
  for (const record of await recordsOf(pageContext.render.db, indicators)) {
    const all = periodStatuses(record, pageContext.today);
    stood.push({ indicator: record.indicator, record, all, now: latest(all), names });
    // Between some of them the rest of the program has its turn.
    if (stood.length % A_PAGE === 0) await shareTurn();
  }
  return stood;
}

/** One indicator as a card: how it stands, its picture, where it started and where it goes. */
export function indicatorCard(pageContext: PageContext, stood: Stood, level: 3 | 4 = 3): Markup {
  const { indicator, all, now } = stood;
  const { render: context } = pageContext;
  const w = context.m.indicator;
  const heading = markup`${codeIn(indicator)} ${indicatorLink(pageContext, indicator)}`;
  const baseline =
    indicator.baseline === null
      ? null
      : withDate(pageContext, withUnit(context, indicator, indicator.baseline), indicator.baselineDate);
  return markup`<li class="card">${level === 3 ? markup`<h3>${heading}</h3>` : markup`<h4>${heading}</h4>`}${paragraph(badge(pageContext, now, stood.names))}${facts(
    [
      [w.value, valueNow(pageContext, stood)],
      [w.target, targetOf(pageContext, indicator)],
      [w.baseline, baseline],
      [w.partners, nOf(context, now)],
    ],
  )}${pictured(pageContext, codeIn(indicator), indicatorPicture(context, indicator, all))}</li>`;
}

/** The way to those of some indicators that come after the last one shown; null: there are none. */
export function moreIndicators(
  { render: context, links, area }: PageContext,
  its: readonly Indicator[],
  lastShown: number,
): Markup | null {
  const later = its.filter(one => one.number > lastShown);
  const [first] = later;
  if (!first) return null;
  const at = links.to('/indicators', { before: first.number > 1 ? first.number - 1 : null, area: area?.code ?? null });
  return paragraph(anchor(at, context.m.site.moreIndicators({ n: later.length })), 'small');
}

/** Goals with their indicators; a page of indicators at a time. */
export async function indicatorsSheet(pageContext: PageContext): Promise<Sheet> {
  const { render: context, before, area } = pageContext;
  const w = context.m.site;
  const goals = await listGoals(context.db, context.forumId);
  const all = (await listIndicators(context.db, context.forumId)).filter(one => !area || worksIn(one.area, area));
  const from = before === null ? 0 : all.findIndex(one => one.number > before);
  const shown = from < 0 ? [] : all.slice(from, from + A_PAGE);
  const stood = await standing(pageContext, shown);
  const more = from >= 0 && from + A_PAGE < all.length;
  const of = (goal: number | null) => stood.filter(one => one.indicator.goal === goal);
  const lastShown = shown.at(-1)?.number ?? before ?? 0;
  const cardsOf = (goal: number | null): Markup => {
    const [some, its] = [of(goal), all.filter(one => one.goal === goal)];
    const cards = some.length
      ? markup`<ul class="cards wide">${some.map(one => indicatorCard(pageContext, one))}</ul>`
      : its.length || goal === null
        ? null
        : paragraph(w.noIndicators, 'faint');
    return markup`${cards}${moreIndicators(pageContext, its, lastShown)}`;
  };
  const groups = goals
    .filter(goal => (before === null && area === null) || of(goal.number).length)
    .map(goal =>
      section(
        codeOf('goal', goal.number),
        `${codeOf('goal', goal.number)} ${goal.title}`,
        goal.description && paragraph(goal.description, 'pre'),
        facts([
          [context.m.goal.due, goal.due && date(pageContext, goal.due)],
          [context.m.goal.outcome, goal.outcome],
        ]),
        cardsOf(goal.number),
      ),
    );
  const loose = all.some(one => one.goal === null) && (before === null || of(null).length > 0);
  return {
    title: w.parts.indicators,
    about: w.abouts.indicators,
    part: 'indicators',
    path: '/indicators',
    body: markup`<h1>${w.parts.indicators}</h1>${paragraph(w.abouts.indicators, 'lead')}${paragraph(w.legend, 'small faint')}${files(pageContext, 'goals')}${files(pageContext, 'indicators')}${paragraph(anchor(pageContext.links.to('/iati.xml'), w.iati), 'files small')}${await areaChoice(pageContext, 'indicators')}${groups}${loose ? section('other', w.withoutGoal, cardsOf(null)) : null}${groups.length || stood.length ? null : paragraph(w.nothing)}${before === null && area === null ? await closedAssessments(pageContext) : null}${pages(pageContext, '/indicators', more ? (shown.at(-1)?.number ?? null) : null, 'first')}`,
  };
}

/** The things of the record from which the reports of a period were made. */
function sourcesIn({ render: context }: PageContext, { reports }: IndicatorRecord, period: string): string {
  const all = reports.flatMap(one =>
    one.period === period && one.state === 'submitted' && one.sources ? [one.sources] : [],
  );
  if (!all.length) return '';
  const [of, per] = [all.map(one => one.of), all.map(one => one.per ?? {})].map(some => Object.assign({}, ...some));
  return sourcesText(context, { of, per, groups: null }) ?? '';
}

/** One indicator in full; null where there is none. */
export async function indicatorSheet(pageContext: PageContext, number: number): Promise<Sheet | null> {
  const { render: context } = pageContext;
  const indicator = await indicatorByNumber(context.db, context.forumId, number);
  if (!indicator) return null;
  const w = context.m.indicator;
  const [stood] = await standing(pageContext, [indicator]);
  const { record, all, now, names } = stood!;
  const goal = (await listGoals(context.db, context.forumId)).find(one => one.number === indicator.goal);
  const title = `${codeIn(indicator)} ${indicator.name}`;
  const baseline = indicator.baseline === null ? null : withUnit(context, indicator, indicator.baseline);
  const known = all.filter(one => one.value !== null);
  const isFilled = record.reports.some(one => one.sources !== null);
  const rows = [...known]
    .reverse()
    .map(one => [
      one.period.key,
      withUnit(context, indicator, one.value!),
      one.target === null
        ? ''
        : one.interpolated
          ? w.interpolated({ value: withUnit(context, indicator, one.target) })
          : withUnit(context, indicator, one.target),
      badge(pageContext, one, names),
      nOf(context, one),
      ...(isFilled ? [sourcesIn(pageContext, record, one.period.key)] : []),
    ]);
  return {
    title,
    about: `${indicator.name}: ${valueNow(pageContext, stood!)}, ${statusText(context, now, names)}`,
    part: 'indicators',
    path: `/indicators/${codeIn(indicator)}`,
    body: markup`<h1>${title}</h1>${paragraph(badge(pageContext, now, names), 'lead')}${indicator.retiredAt ? paragraph(context.m.site.retired, 'faint') : null}${facts(
      [
        [w.value, valueNow(pageContext, stood!)],
        [w.target, targetOf(pageContext, indicator)],
        [
          w.baseline,
          baseline && [
            withDate(pageContext, baseline, indicator.baselineDate),
            indicator.baselineSource && ` – ${indicator.baselineSource}`,
          ],
        ],
        [w.direction, w.directions[indicator.direction]],
        [w.frequency, w.frequencies[indicator.frequency]],
        [w.goal, goal && `${codeOf('goal', goal.number)} ${goal.title}`],
        [w.partners, reportersText(context, termsAt(record, pageContext.today).partners, names, record.archived)],
        [w.definition, indicator.definition],
        [w.thresholds, w.thresholdsText({ green: indicator.green, amber: indicator.amber })],
        [context.m.site.evidence, await evidencePiece(pageContext, 'indicator', number)],
      ],
    )}${pictured(pageContext, codeIn(indicator), indicatorPicture(context, indicator, all))}${
      rows.length
        ? table(
            context.m.site.periods,
            [
              { label: w.period, kind: 'short' },
              { label: w.value, kind: 'number' },
              { label: w.target, kind: 'number' },
              { label: w.status, kind: 'short' },
              { label: w.partners, kind: 'short' },
              ...(isFilled ? [{ label: context.m.report.columns.sources.name }] : []),
            ],
            rows,
          )
        : paragraph(context.m.site.noValue)
    }${files(pageContext, 'reports')}${paragraph(anchor(pageContext.links.to(`/indicators/${codeIn(indicator)}.json`), context.m.site.satuData), 'files small')}`,
  };
}

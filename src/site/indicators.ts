import { codeOf } from '../domain/codes.ts';
import { listGoals } from '../domain/goals.ts';
import { type IndicatorRecord, recordsOf } from '../domain/indicators/record.ts';
import { latest, type Standing, standings } from '../domain/indicators/standing.ts';
import { type Indicator, indicatorByNumber, listIndicators } from '../domain/indicators/store.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import { namesOf } from '../domain/partners.ts';
import { shareTurn } from '../event-loop.ts';
import { formatDate } from '../language/dates.ts';
import { reportersText } from '../views/indicator.ts';
import { indicatorPicture } from '../views/indicator-picture.ts';
import { type Names, nOf, statusText, withUnit } from '../views/indicator-words.ts';
import { pictured } from './charts.ts';
import { type Markup, markup, type Piece } from './markup.ts';
import { anchor, date, facts, files, pages, paragraph, section, table } from './pieces.ts';
import type { Scene, Sheet } from './scene.ts';

const A_PAGE = 20;

/** An indicator, its periods, and how it stands now. */
export interface Stood {
  readonly indicator: Indicator;
  readonly record: IndicatorRecord;
  readonly all: readonly Standing[];
  readonly now: Standing;
  readonly names: Names;
}

const CLASS = { met: 'good', green: 'good', amber: 'warning', red: 'bad' } as const;

/** The status by word, sign and colour. */
export const badge = ({ look }: Scene, now: Standing, names: Names): Markup =>
  markup`<span class="badge ${now.colour ? CLASS[now.colour] : ''}">${statusText(look, now, names)}</span>`;

const codeIn = (indicator: Indicator): string => codeOf('indicator', indicator.number);

export const indicatorLink = ({ links }: Scene, indicator: Indicator): Markup =>
  anchor(links.to(`/indicators/${codeIn(indicator)}`), indicator.name);

/** The current value with its period, or that there is none. */
export const valueNow = ({ look }: Scene, { indicator, now }: Stood): Piece =>
  now.value === null ? look.m.site.noValue : `${withUnit(look, indicator, now.value)} (${now.period.key})`;

const withDate = (scene: Scene, value: string, day: string | null): string =>
  day ? `${value} (${formatDate(day, scene.look.locale, 'short')})` : value;

export const targetOf = (scene: Scene, indicator: Indicator): string | null =>
  indicator.target === null ? null : withDate(scene, withUnit(scene.look, indicator, indicator.target), indicator.due);

/** How each of some indicators stands. */
export async function standing(scene: Scene, indicators: readonly Indicator[]): Promise<Stood[]> {
  const stood: Stood[] = [];
  const names = await namesOf(scene.look.db, scene.look.forumId);
  for (const record of await recordsOf(scene.look.db, indicators)) {
    const all = standings(record, scene.today);
    stood.push({ indicator: record.indicator, record, all, now: latest(all), names });
    // Between some of them the rest of the program has its turn.
    if (stood.length % A_PAGE === 0) await shareTurn();
  }
  return stood;
}

/** One indicator as a card: how it stands, its picture, where it started and where it goes. */
export function indicatorCard(scene: Scene, stood: Stood, level: 3 | 4 = 3): Markup {
  const { indicator, all, now } = stood;
  const { look } = scene;
  const w = look.m.indicator;
  const heading = markup`${codeIn(indicator)} ${indicatorLink(scene, indicator)}`;
  const baseline =
    indicator.baseline === null
      ? null
      : withDate(scene, withUnit(look, indicator, indicator.baseline), indicator.baselineDate);
  return markup`<li class="card">${level === 3 ? markup`<h3>${heading}</h3>` : markup`<h4>${heading}</h4>`}${paragraph(badge(scene, now, stood.names))}${facts(
    [
      [w.value, valueNow(scene, stood)],
      [w.target, targetOf(scene, indicator)],
      [w.baseline, baseline],
      [w.partners, nOf(look, now)],
    ],
  )}${pictured(scene, codeIn(indicator), indicatorPicture(look, indicator, all))}</li>`;
}

/** The way to those of some indicators that come after the last one shown; null: there are none. */
export function moreIndicators({ look, links }: Scene, its: readonly Indicator[], lastShown: number): Markup | null {
  const later = its.filter(one => one.number > lastShown);
  const [first] = later;
  if (!first) return null;
  const at = links.to('/indicators', { before: first.number > 1 ? first.number - 1 : null });
  return paragraph(anchor(at, look.m.site.moreIndicators({ n: later.length })), 'small');
}

/** Goals with their indicators; a page of indicators at a time. */
export async function indicatorsSheet(scene: Scene): Promise<Sheet> {
  const { look, before } = scene;
  const w = look.m.site;
  const goals = await listGoals(look.db, look.forumId);
  const all = await listIndicators(look.db, look.forumId);
  const from = before === null ? 0 : all.findIndex(one => one.number > before);
  const shown = from < 0 ? [] : all.slice(from, from + A_PAGE);
  const stood = await standing(scene, shown);
  const more = from >= 0 && from + A_PAGE < all.length;
  const of = (goal: number | null) => stood.filter(one => one.indicator.goal === goal);
  const lastShown = shown.at(-1)?.number ?? before ?? 0;
  const cardsOf = (goal: number | null): Markup => {
    const [some, its] = [of(goal), all.filter(one => one.goal === goal)];
    const cards = some.length
      ? markup`<ul class="cards wide">${some.map(one => indicatorCard(scene, one))}</ul>`
      : its.length || goal === null
        ? null
        : paragraph(w.noIndicators, 'faint');
    return markup`${cards}${moreIndicators(scene, its, lastShown)}`;
  };
  const groups = goals
    .filter(goal => before === null || of(goal.number).length)
    .map(goal =>
      section(
        codeOf('goal', goal.number),
        `${codeOf('goal', goal.number)} ${goal.title}`,
        goal.description && paragraph(goal.description, 'pre'),
        facts([
          [look.m.goal.due, goal.due && date(scene, goal.due)],
          [look.m.goal.outcome, goal.outcome],
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
    body: markup`<h1>${w.parts.indicators}</h1>${paragraph(w.abouts.indicators, 'lead')}${paragraph(w.legend, 'small faint')}${files(scene, 'goals')}${files(scene, 'indicators')}${paragraph(anchor(scene.links.to('/iati.json'), w.iati), 'files small')}${groups}${loose ? section('other', w.withoutGoal, cardsOf(null)) : null}${goals.length || stood.length ? null : paragraph(w.nothing)}${pages(scene, '/indicators', more ? (shown.at(-1)?.number ?? null) : null, 'first')}`,
  };
}

/** One indicator in full; null where there is none. */
export async function indicatorSheet(scene: Scene, number: number): Promise<Sheet | null> {
  const { look } = scene;
  const indicator = await indicatorByNumber(look.db, look.forumId, number);
  if (!indicator) return null;
  const w = look.m.indicator;
  const [stood] = await standing(scene, [indicator]);
  const { record, all, now, names } = stood!;
  const goal = (await listGoals(look.db, look.forumId)).find(one => one.number === indicator.goal);
  const title = `${codeIn(indicator)} ${indicator.name}`;
  const baseline = indicator.baseline === null ? null : withUnit(look, indicator, indicator.baseline);
  const known = all.filter(one => one.value !== null);
  const rows = [...known]
    .reverse()
    .map(one => [
      one.period.key,
      withUnit(look, indicator, one.value!),
      one.target === null
        ? ''
        : one.interpolated
          ? w.interpolated({ value: withUnit(look, indicator, one.target) })
          : withUnit(look, indicator, one.target),
      badge(scene, one, names),
      nOf(look, one),
    ]);
  const said = now.value === null ? look.m.site.noValue : `${withUnit(look, indicator, now.value)} (${now.period.key})`;
  return {
    title,
    about: `${indicator.name}: ${said}, ${statusText(look, now, names)}`,
    part: 'indicators',
    path: `/indicators/${codeIn(indicator)}`,
    body: markup`<h1>${title}</h1>${paragraph(badge(scene, now, names), 'lead')}${indicator.retiredAt ? paragraph(look.m.site.retired, 'faint') : null}${facts(
      [
        [w.value, valueNow(scene, stood!)],
        [w.target, targetOf(scene, indicator)],
        [
          w.baseline,
          baseline && [
            withDate(scene, baseline, indicator.baselineDate),
            indicator.baselineSource && ` – ${indicator.baselineSource}`,
          ],
        ],
        [w.direction, w.directions[indicator.direction]],
        [w.frequency, w.frequencies[indicator.frequency]],
        [w.goal, goal && `${codeOf('goal', goal.number)} ${goal.title}`],
        [w.partners, reportersText(look, termsAt(record, scene.today).partners, names)],
        [w.definition, indicator.definition],
        [w.thresholds, w.thresholdsText({ green: indicator.green, amber: indicator.amber })],
      ],
    )}${pictured(scene, codeIn(indicator), indicatorPicture(look, indicator, all))}${
      rows.length
        ? table(
            look.m.site.periods,
            [
              { label: w.period, kind: 'short' },
              { label: w.value, kind: 'number' },
              { label: w.target, kind: 'number' },
              { label: w.status, kind: 'short' },
              { label: w.partners, kind: 'short' },
            ],
            rows,
          )
        : paragraph(look.m.site.noValue)
    }${files(scene, 'reports')}${paragraph(anchor(scene.links.to(`/indicators/${codeIn(indicator)}.json`), look.m.site.satuData), 'files small')}`,
  };
}

import { button } from '../bot/buttons.ts';
import { type Block, type Control, facts, type Tone, table, text, type View, view } from '../bot/view.ts';
import { codeOf } from '../domain/codes.ts';
import { goalByNumber } from '../domain/goals.ts';
import { type IndicatorRecord, recordOf } from '../domain/indicators/record.ts';
import { bandIn, latest, type Standing, standings, standingsOfAll } from '../domain/indicators/standing.ts';
import type { Indicator } from '../domain/indicators/store.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import type { Page } from '../domain/page.ts';
import { namesOf } from '../domain/partners.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { owedOf } from './due.ts';
import { indicatorPicture, PERIODS } from './indicator-picture.ts';
import { reportLines } from './indicator-reports.ts';
import { indicatorStory } from './indicator-story.ts';
import { type Names, nOf, statusText, withUnit } from './indicator-words.ts';
import type { Look } from './look.ts';
import { nextPage, placeNote } from './paging.ts';

export { nOf, statusText, withUnit };

const TONES: Readonly<Record<string, Tone>> = { met: 'good', green: 'good', amber: 'warning', red: 'bad' };

const targetText = (look: Look, indicator: Indicator, one: Standing): string => {
  if (one.target === null) return look.m.core.none;
  const value = withUnit(look, indicator, one.target);
  return one.interpolated ? look.m.indicator.interpolated({ value }) : value;
};

/** The names of the partners that report an indicator. */
export const reportersText = (look: Look, partners: readonly number[], names: Names): string =>
  partners.flatMap(one => names.get(one) ?? []).join(', ') || look.m.indicator.wholeForum;

/** One indicator: what was agreed, how it stands, and its periods; `head` says what just happened. */
export async function indicatorCard(look: Look, indicator: Indicator, head?: Text): Promise<View> {
  const { m, db, forumId } = look;
  const w = m.indicator;
  const code = codeOf('indicator', indicator.number);
  const goal = indicator.goal === null ? null : await goalByNumber(db, forumId, indicator.goal);
  const record = await recordOf(db, indicator);
  const today = localDate(look.now, record.zone);
  const all = standings(record, today);
  const now = latest(all);
  const names = await namesOf(look.db, look.forumId);
  const titled = t`${code} ${indicator.name}`;
  return view(head ?? titled, {
    tone: head ? 'good' : (TONES[now.colour ?? ''] ?? 'plain'),
    blocks: [
      head ? text(titled) : null,
      facts([
        [w.status, now.value === null ? w.noColour : `${statusText(look, now, names)} (${nOf(look, now)})`],
        [w.value, now.value === null ? null : t`${withUnit(look, indicator, now.value)} (${now.period.key})`],
        [w.periodTarget, now.value === null || now.target === null ? null : periodTargetLine(look, indicator, now)],
        [w.target, indicator.target === null ? null : finalLine(look, indicator, now)],
        [w.baseline, indicator.baseline === null ? null : baselineLine(look, indicator)],
        [w.direction, w.directions[indicator.direction]],
        [w.frequency, w.frequencies[indicator.frequency]],
        [
          w.aggregate,
          w.aggregateText({
            periods: w.aggregates[indicator.aggregate],
            partners: w.aggregates[indicator.partnersAggregate],
          }),
        ],
        [w.goal, goal && t`${codeOf('goal', goal.number)} ${goal.title}`],
        [w.partners, reportersText(look, termsAt(record, today).partners, names)],
        [w.awaited, awaitedText(look, record, names)],
        [w.definition, indicator.definition],
        [w.thresholds, w.thresholdsText({ green: indicator.green, amber: indicator.amber })],
        [w.scale, bandText(look, now)],
        [w.proof, indicator.needsProof ? w.proofNeeded : null],
        [w.version, indicator.version > 1 ? String(indicator.version) : null],
      ]),
      indicatorPicture(look, indicator, all),
      periodTable(look, indicator, all, names),
      ...(await reportLines(look, record, names)),
      ...(await indicatorStory(look, indicator)),
    ],
    controls: [controlsOf(look, indicator, now)],
  });
}

/** The reports that are missing, by period: an absence is a status of its own, and never a colour. */
function awaitedText(look: Look, record: IndicatorRecord, names: Names): string | null {
  if (record.indicator.retiredAt) return null;
  const w = look.m.indicator;
  const name = (partner: number): string => names.get(partner) ?? w.wholeForum;
  return owedOf(record, look.now)
    .map(one => `${one.period.key} ${name(one.partner)}: ${w.absences[one.state]}`)
    .join('; ');
}

/** The target of the period last reported, and the share of it that was reached. */
function periodTargetLine(look: Look, indicator: Indicator, now: Standing): string {
  const value = `${targetText(look, indicator, now)} (${now.period.key})`;
  return now.percent === null ? value : look.m.indicator.share({ value, percent: percentText(look, now.percent) });
}

/** The final target with its day, and the share of it that was reached. */
function finalLine(look: Look, indicator: Indicator, { final }: Standing): string {
  const value = targetLine(look, indicator);
  const percent = final?.percent ?? null;
  return percent === null ? value : look.m.indicator.share({ value, percent: percentText(look, percent) });
}

const percentText = ({ locale }: Look, percent: number): string => formatNumber(percent, locale);

const targetLine = (look: Look, indicator: Indicator): string => {
  const value = withUnit(look, indicator, indicator.target!);
  return indicator.due ? `${value} (${formatDate(indicator.due, look.locale)})` : value;
};

const baselineLine = (look: Look, indicator: Indicator): string => {
  const value = withUnit(look, indicator, indicator.baseline!);
  const date = indicator.baselineDate && formatDate(indicator.baselineDate, look.locale);
  const known = [date, indicator.baselineSource].filter(Boolean).join(', ');
  return known ? `${value} (${known})` : value;
};

/** The band of the scale that a forum has chosen beside the colours. */
function bandText(look: Look, now: Standing): string | null {
  const band = bandIn(now);
  const w = look.m.indicator;
  return band && now.terms.scale ? `${w.scaleChoices[now.terms.scale]}: ${w.bands[band]}` : null;
}

function periodTable(look: Look, indicator: Indicator, all: readonly Standing[], names: Names): Block | null {
  const w = look.m.indicator;
  const shown = all.filter(one => one.value !== null).slice(-PERIODS);
  return table(
    [w.period, w.value, w.target, w.status, w.partners],
    shown.map(one => [
      one.period.key,
      withUnit(look, indicator, one.value!),
      targetText(look, indicator, one),
      statusText(look, one, names),
      nOf(look, one),
    ]),
    [1],
  );
}

/** A red indicator offers to raise an issue: monitoring leads to adaptation. */
function controlsOf({ m }: Look, indicator: Indicator, now: Standing): Control[] {
  const id = { indicator: codeOf('indicator', indicator.number) };
  const title = cutAt(`${id.indicator} ${indicator.name}`, 60);
  return [
    button(m, 'reportNow', 'nr', id, 'primary'),
    ...(now.colour === 'red' && encodeURIComponent(title).length < 70
      ? [button(m, 'raiseIssue', 'ir', { title, ...id }, 'danger')]
      : []),
  ];
}

/**
 * What an issue that is raised from an indicator says by itself: how it stands against its target, how grave that is,
 * and the partner concerned, which is the only reporter, or the raiser's own where it reports.
 */
export async function indicatorIssue(
  look: Look,
  indicator: Indicator,
  own: number | undefined,
): Promise<{ detail: string | null; severity: 'high' | 'medium' | null; partner: number | null }> {
  const record = await recordOf(look.db, indicator);
  const now = latest(standings(record, localDate(look.now, record.zone)));
  const reporters = now.terms.partners;
  const mine = own !== undefined && reporters.includes(own) ? own : null;
  const partner = reporters.length === 1 ? reporters[0]! : mine;
  if (now.value === null) return { detail: null, severity: null, partner };
  const detail = look.m.indicator.raisedFrom({
    value: withUnit(look, indicator, now.value),
    period: now.period.key,
    target: targetText(look, indicator, now),
    status: statusText(look, now),
  });
  const severity = now.colour === 'red' ? 'high' : now.colour === 'amber' ? 'medium' : null;
  return { detail, severity, partner };
}

/** Indicators as rows: the newest value, the target and how each stands; null where there are none. */
export async function indicatorTable(look: Look, indicators: readonly Indicator[]): Promise<Block | null> {
  const w = look.m.indicator;
  const names = await namesOf(look.db, look.forumId);
  const stood = await standingsOfAll(look.db, indicators, look.now);
  const rows: Text[][] = stood.map(({ indicator, standings: all }) => {
    const now = latest(all);
    return [
      t`${codeOf('indicator', indicator.number)} ${indicator.name}`,
      now.value === null ? look.m.core.none : `${withUnit(look, indicator, now.value)} (${now.period.key})`,
      // Without a line to the target (no baseline, no day), the target itself is what there is to tell.
      now.target === null && indicator.target !== null ? targetLine(look, indicator) : targetText(look, indicator, now),
      statusText(look, now, names),
      nOf(look, now),
    ];
  });
  return table([w.list, w.value, w.target, w.status, w.partners], rows, [1]);
}

/** The indicators of a forum or goal, and how each stands. */
export async function indicatorList(
  look: Look,
  page: Page<Indicator>,
  filter: Readonly<Record<string, string>>,
): Promise<View> {
  const w = look.m.indicator;
  return view(w.list, {
    blocks: [
      page.rows.length ? null : text(w.empty),
      await indicatorTable(look, page.rows),
      await placeNote(look, page),
    ],
    controls: [nextPage(look, page, 'nl', last => ({ ...filter, after: String(last.number) }))],
  });
}

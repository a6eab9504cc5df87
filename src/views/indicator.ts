import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, type Tone, table, text, type View, view } from '../contract/view.ts';
import { areaNames } from '../domain/areas/area.ts';
import { codeOf } from '../domain/codes.ts';
import { filesAmong } from '../domain/evidence.ts';
import {
  bandIn,
  latest,
  type PeriodStatus,
  periodStatuses,
  statusesOfAll,
} from '../domain/indicators/period-status.ts';
import { type IndicatorRecord, recordOf } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { termsAt } from '../domain/indicators/terms.ts';
import type { Page } from '../domain/page.ts';
import { namesOf } from '../domain/partners.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { owedOf } from './due.ts';
import { fileControls } from './evidence.ts';
import { fillFacts } from './fill-facts.ts';
import { cardParts } from './indicator-parts.ts';
import { indicatorPicture, PERIODS } from './indicator-picture.ts';
import { reportLines } from './indicator-reports.ts';
import { indicatorStory } from './indicator-story.ts';
import { type Names, nOf, overPartnersText, statusText, withUnit } from './indicator-words.ts';
import { nextPage, placeNote } from './paging.ts';

const TONES: Readonly<Record<string, Tone>> = { met: 'good', green: 'good', amber: 'warning', red: 'bad' };

const targetText = (context: RenderContext, indicator: Indicator, one: PeriodStatus): string => {
  if (one.target === null) return context.m.core.none;
  const value = withUnit(context, indicator, one.target);
  return one.interpolated ? context.m.indicator.interpolated({ value }) : value;
};

/** The names of the partners that report an indicator. */
export function reportersText(
  context: RenderContext,
  partners: readonly number[],
  names: Names,
  archived: ReadonlyMap<number, string> = new Map(),
): string {
  const named = partners.flatMap(one => {
    const name = names.get(one);
    if (name === undefined) return [];
    return archived.has(one) ? `${name} (${context.m.partner.archivedState})` : name;
  });
  return named.join(', ') || context.m.indicator.wholeForum;
}

/** One indicator: what was agreed, how it stands, and its periods; `head` says what just happened. */
export async function indicatorCard(context: RenderContext, indicator: Indicator, head?: Text): Promise<View> {
  const { m, db } = context;
  const w = m.indicator;
  const code = codeOf('indicator', indicator.number);
  const record = await recordOf(db, indicator);
  const parts = await cardParts(context, indicator);
  const { goal } = parts;
  const today = localDate(context.now, record.zone);
  const all = periodStatuses(record, today);
  const now = latest(all);
  const names = await namesOf(context.db, context.forumId);
  const titled = t`${code} ${indicator.name}`;
  return view(head ?? titled, {
    tone: head ? 'good' : (TONES[now.colour ?? ''] ?? 'plain'),
    blocks: [
      head ? text(titled) : null,
      facts([
        [w.status, now.value === null ? w.noColour : `${statusText(context, now, names)} (${nOf(context, now)})`],
        [w.value, now.value === null ? null : t`${withUnit(context, indicator, now.value)} (${now.period.key})`],
        [w.periodTarget, now.value === null || now.target === null ? null : periodTargetLine(context, indicator, now)],
        [w.target, indicator.target === null ? null : finalLine(context, indicator, now)],
        [w.baseline, indicator.baseline === null ? null : baselineLine(context, indicator)],
        // Shown if no number says it.
        [w.unit, [now.value, indicator.target, indicator.baseline].every(one => one === null) ? indicator.unit : null],
        [w.direction, w.directions[indicator.direction]],
        [w.frequency, w.frequencies[indicator.frequency]],
        [
          w.aggregate,
          w.aggregateText({
            periods: w.aggregates[indicator.aggregate],
            partners: overPartnersText(context, indicator),
          }),
        ],
        [w.goal, goal && t`${codeOf('goal', goal.number)} ${goal.title}`],
        [w.partners, reportersText(context, termsAt(record, today).partners, names, record.archived)],
        [w.awaited, awaitedText(context, record, names)],
        ...(await fillFacts(context, record, now, names)),
        [w.definition, indicator.definition],
        [m.core.area, areaNames(indicator.area)],
        [w.thresholds, w.thresholdsText({ green: indicator.green, amber: indicator.amber })],
        [w.scale, bandText(context, now)],
        [w.proof, indicator.needsProof ? w.proofNeeded : null],
        [w.version, indicator.version > 1 ? String(indicator.version) : null],
      ]),
      indicatorPicture(context, indicator, all),
      periodTable(context, indicator, all, names),
      ...(await reportLines(context, record, names, parts)),
      ...indicatorStory(context, indicator, parts),
    ],
    controls: [controlsOf(context, indicator, now), fileControls(context, code, filesAmong(parts.evidence))],
  });
}

/** The reports that are missing, by period: an absence is a status of its own, and never a colour. */
function awaitedText(context: RenderContext, record: IndicatorRecord, names: Names): string | null {
  if (record.indicator.retiredAt) return null;
  const w = context.m.indicator;
  const name = (partner: number): string => names.get(partner) ?? w.wholeForum;
  return owedOf(record, context.now)
    .map(one => `${one.period.key} ${name(one.partner)}: ${w.absences[one.state]}`)
    .join('; ');
}

/** The target of the period last reported, and the share of it that was reached. */
function periodTargetLine(context: RenderContext, indicator: Indicator, now: PeriodStatus): string {
  const value = `${targetText(context, indicator, now)} (${now.period.key})`;
  return now.percent === null
    ? value
    : context.m.indicator.share({ value, percent: percentText(context, now.percent) });
}

/** The final target with its day, and the share of it that was reached. */
function finalLine(context: RenderContext, indicator: Indicator, { final }: PeriodStatus): string {
  const value = targetLine(context, indicator);
  const percent = final?.percent ?? null;
  return percent === null ? value : context.m.indicator.share({ value, percent: percentText(context, percent) });
}

const percentText = ({ locale }: RenderContext, percent: number): string => formatNumber(percent, locale);

const targetLine = (context: RenderContext, indicator: Indicator): string => {
  const value = withUnit(context, indicator, indicator.target!);
  return indicator.due ? `${value} (${formatDate(indicator.due, context.locale)})` : value;
};

const baselineLine = (context: RenderContext, indicator: Indicator): string => {
  const value = withUnit(context, indicator, indicator.baseline!);
  const date = indicator.baselineDate && formatDate(indicator.baselineDate, context.locale);
  const known = [date, indicator.baselineSource].filter(Boolean).join(', ');
  return known ? `${value} (${known})` : value;
};

/** The band of the scale that a forum has chosen beside the colours. */
function bandText(context: RenderContext, now: PeriodStatus): string | null {
  const band = bandIn(now);
  const w = context.m.indicator;
  return band && now.terms.scale ? `${w.scaleChoices[now.terms.scale]}: ${w.bands[band]}` : null;
}

function periodTable(
  context: RenderContext,
  indicator: Indicator,
  all: readonly PeriodStatus[],
  names: Names,
): Block | null {
  const w = context.m.indicator;
  const shown = all.filter(one => one.value !== null).slice(-PERIODS);
  return table(
    [w.period, w.value, w.target, w.status, w.partners],
    shown.map(one => [
      one.period.key,
      withUnit(context, indicator, one.value!),
      targetText(context, indicator, one),
      statusText(context, one, names),
      nOf(context, one),
    ]),
    [1],
  );
}

/** A red indicator offers to raise an issue: monitoring leads to adaptation. */
function controlsOf({ m }: RenderContext, indicator: Indicator, now: PeriodStatus): Control[] {
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
 * Drafts an issue raised from an indicator: how it stands against its target, how grave that is,
 * and the partner concerned, which is the only reporter, or the raiser's own where it reports.
 */
export async function indicatorIssue(
  context: RenderContext,
  indicator: Indicator,
  own: number | undefined,
): Promise<{ detail: string | null; severity: 'high' | 'medium' | null; partner: number | null }> {
  const record = await recordOf(context.db, indicator);
  const now = latest(periodStatuses(record, localDate(context.now, record.zone)));
  const reporters = now.terms.partners;
  const mine = own !== undefined && reporters.includes(own) ? own : null;
  const partner = reporters.length === 1 ? reporters[0]! : mine;
  if (now.value === null) return { detail: null, severity: null, partner };
  const detail = context.m.indicator.raisedFrom({
    value: withUnit(context, indicator, now.value),
    period: now.period.key,
    target: targetText(context, indicator, now),
    status: statusText(context, now),
  });
  const severity = now.colour === 'red' ? 'high' : now.colour === 'amber' ? 'medium' : null;
  return { detail, severity, partner };
}

/** Indicators as rows: the newest value, the target and how each stands; null where there are none. */
export async function indicatorTable(context: RenderContext, indicators: readonly Indicator[]): Promise<Block | null> {
  const w = context.m.indicator;
  const names = await namesOf(context.db, context.forumId);
  const stood = await statusesOfAll(context.db, indicators, context.now);
  const rows: Text[][] = stood.map(({ indicator, standings: all }) => {
    const now = latest(all);
    return [
      t`${codeOf('indicator', indicator.number)} ${indicator.name}`,
      now.value === null ? context.m.core.none : `${withUnit(context, indicator, now.value)} (${now.period.key})`,
      // Without a line to the target (no baseline, no day), the target itself is what there is to tell.
      now.target === null && indicator.target !== null
        ? targetLine(context, indicator)
        : targetText(context, indicator, now),
      statusText(context, now, names),
      nOf(context, now),
    ];
  });
  return table([w.one, w.value, w.target, w.status, w.partners], rows, [1]);
}

/** The indicators of a forum or goal, and how each stands. */
export async function indicatorList(
  context: RenderContext,
  page: Page<Indicator>,
  filter: Readonly<Record<string, string>>,
): Promise<View> {
  const w = context.m.indicator;
  return view(w.list, {
    blocks: [
      page.rows.length ? null : text(w.empty),
      await indicatorTable(context, page.rows),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'nl', last => ({ ...filter, after: String(last.number) }))],
  });
}

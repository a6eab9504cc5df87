import type { RenderContext } from '../contract/render-context.ts';
import { type Block, list, text } from '../contract/view.ts';
import { grouped } from '../domain/grouped.ts';
import { periodOfKey } from '../domain/indicators/periods.ts';
import type { IndicatorRecord } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { WHOLE } from '../domain/indicators/store.ts';
import type { Report } from '../domain/indicators/stored-reports.ts';
import { memberNames } from '../domain/people.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { proofText } from './evidence.ts';
import { sourcesText } from './fill.ts';
import { countsText } from './groups.ts';
import type { CardParts } from './indicator-parts.ts';
import { formatAmount, type Names, withUnit } from './indicator-words.ts';

/** Maximum number of corrections and of pieces of evidence that a card shows, the newest. */
const SHOWN = 5;

const endOf = (period: string): string => periodOfKey(period)?.end ?? '';

/**
 * Lists who reported what for the last period that has a report: with the numbers of a ratio, groups, notes and what
 * holds them back; then the corrections, by whom and why, and the evidence.
 */
export async function reportLines(
  context: RenderContext,
  record: IndicatorRecord,
  names: Names,
  { reports: all, evidence: proof }: Pick<CardParts, 'reports' | 'evidence'>,
): Promise<(Block | null)[]> {
  const { indicator, reports } = record;
  const w = context.m.indicator;
  const period = reports.reduce<string | null>(
    (last, one) => (last && endOf(last) > endOf(one.period) ? last : one.period),
    null,
  );
  const made = all.filter(one => one.inForce && one.period === period).sort((x, y) => x.partner - y.partner);
  const corrections = await correctionLines(context, indicator, names, all);
  const evidence = evidenceLines(context, proof);
  return [
    made.length ? text(t`${w.reports} ${period ?? ''}`) : null,
    list(made.map(report => t`${nameOf(context, report, names)}: ${reportText(context, indicator, report)}`)),
    corrections.length ? text(w.corrections) : null,
    list(corrections),
    evidence.length ? text(w.proof) : null,
    list(evidence),
  ];
}

const nameOf = ({ m }: RenderContext, { partner }: Report, names: Names): string =>
  partner === WHOLE ? m.indicator.wholeForum : (names.get(partner) ?? '');

function reportText(context: RenderContext, indicator: Indicator, report: Report): string {
  const w = context.m.indicator;
  if (report.kind === 'no_data') return `${w.absences.no_data} (${report.reason ?? ''})`;
  const state = report.state === 'returned' ? ` [${w.absences.returned}: ${report.returnReason ?? ''}]` : '';
  const detail = detailOf(context, report);
  const extra = [
    sourcesText(context, report.sources),
    report.note,
    report.constrained && `${w.constrained}: ${report.constrained}`,
  ].filter(Boolean);
  const value = withUnit(context, indicator, report.value ?? '0');
  return `${value}${detail ? ` (${detail})` : ''}${state}${extra.length ? ` – ${extra.join('; ')}` : ''}`;
}

/** The two numbers of a ratio and the groups of people that a value is made of. */
function detailOf(context: RenderContext, { numerator, denominator, parts }: Report): string {
  const ratio =
    numerator !== null && denominator !== null
      ? `${formatAmount(numerator, context)} / ${formatAmount(denominator, context)}`
      : '';
  const each = countsText(context, parts ?? {});
  return [ratio, each].filter(Boolean).join('; ');
}

/** Returns what was corrected: the value before and after, by whom and why. */
async function correctionLines(
  context: RenderContext,
  { forumId, unit }: Indicator,
  names: Names,
  all: CardParts['reports'],
): Promise<Text[]> {
  const corrected = [...grouped(all, one => `${one.period}:${one.partner}`).values()]
    .flatMap(versions => versions.slice(1).map((now, i) => ({ before: versions[i]!, now })))
    .sort((a, b) => a.now.seq - b.now.seq)
    .slice(-SHOWN);
  if (!corrected.length) return [];
  const person = await memberNames(
    context.db,
    forumId,
    corrected.map(({ now }) => now.reportedBy),
  );
  const value = (report: Report, detailed: boolean): string => {
    if (report.value === null) return context.m.indicator.absences.no_data;
    const detail = detailed && detailOf(context, report);
    return `${withUnit(context, { unit }, report.value)}${detail ? ` (${detail})` : ''}`;
  };
  return corrected.map(({ before, now }) =>
    context.m.indicator.correction({
      period: now.period,
      partner: nameOf(context, now, names),
      // An equal value means that its parts were corrected.
      before: value(before, before.value === now.value),
      after: value(now, before.value === now.value),
      by: person.get(now.reportedBy) ?? '',
      date: formatDate(localDate(now.reportedAt, context.zone), context.locale, 'short'),
      reason: now.reason ?? '',
    }),
  );
}

function evidenceLines(context: RenderContext, all: CardParts['evidence']): Text[] {
  return all.slice(-SHOWN).map(({ content, file, addedAt }) => {
    const date = formatDate(localDate(addedAt, context.zone), context.locale, 'short');
    return t`${date}: ${proofText(context, content, file)}`;
  });
}

import type { WriteContext } from '../../src/bot/act-context.ts';
import type { Proof } from '../../src/bot/references.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { addUp, tooMany } from '../../src/domain/groups/counts.ts';
import { type Counts, dimensionsOf } from '../../src/domain/groups/dimensions.ts';
import { figureFor } from '../../src/domain/indicators/drafts.ts';
import { compare, decimalOf, exact, minus } from '../../src/domain/indicators/fraction.ts';
import { type Period, periodOfKey } from '../../src/domain/indicators/periods.ts';
import { type Surprise, surprisesOf } from '../../src/domain/indicators/plausibility.ts';
import { recordOf } from '../../src/domain/indicators/record.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { SHARE_DECIMALS, shareOf } from '../../src/domain/indicators/share.ts';
import { spanOf } from '../../src/domain/indicators/span.ts';
import { responsibleFor } from '../../src/domain/indicators/store.ts';
import { addReport, type Report, reportsOf } from '../../src/domain/indicators/stored-reports.ts';
import type { Messages } from '../../src/language/messages.ts';
import { join, type Text } from '../../src/language/text.ts';
import { dimensionName } from '../../src/views/groups.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { formatAmount, withUnit } from '../../src/views/indicator-words.ts';
import { attachProof } from '../evidence.ts';
import { code, remindersChanged } from './common.ts';
import type { Entered } from './measure.ts';

/** Describes what is entered of a report, by its options. */
export interface Entry {
  readonly value?: Entered | undefined;
  readonly numerator?: Entered | undefined;
  readonly denominator?: Entered | undefined;
  readonly parts?: Counts<string> | undefined;
}

/** Describes what a report says: its value, with the two numbers it is made of. */
export type Said = Pick<Report, 'numerator' | 'denominator'> & { readonly value: string };

/** Tells whether a value is an exact one, rounded to as many decimals as were typed. */
function isRounded(typed: string, share: ReturnType<typeof exact>): boolean {
  const decimals = /\.(\d+)$/.exec(typed)?.[1]?.length ?? 0;
  const apart = minus(exact(typed), share);
  const size = apart.n < 0n ? { ...apart, n: -apart.n } : apart;
  return compare(size, exact(`0.${'0'.repeat(decimals)}5`)) <= 0;
}

/** The value that was given, or the share of its two numbers; a value typed beside them has to agree with them. */
export function saidBy(ctx: WriteContext, indicator: Indicator, o: Entry): Said {
  const [value, numerator, denominator] = [o.value?.amount, o.numerator?.amount, o.denominator?.amount];
  if ((numerator === undefined) !== (denominator === undefined) || (denominator && Number(denominator) === 0))
    throw new Refusal('invalid_option', m => m.indicator.no.bothParts, { option: 'denominator' });
  if (numerator !== undefined && denominator !== undefined) {
    const share = shareOf(indicator, numerator, denominator)!;
    if (value !== undefined && !isRounded(value, share)) {
      const said = { typed: withUnit(ctx, indicator, value), share: withUnit(ctx, indicator, share) };
      throw new Refusal('invalid_option', m => m.indicator.no.contradicts(said), { option: 'value' });
    }
    return { value: decimalOf(share, SHARE_DECIMALS), numerator, denominator };
  }
  if (value === undefined) throw new Refusal('missing_option', m => m.indicator.no.noValue, { option: 'value' });
  return { value, numerator: null, denominator: null };
}

/** Returns what a correction says: what it names, and else what the report said. */
export function correctedBy(ctx: WriteContext, indicator: Indicator, before: Report, o: Entry): Said {
  const named = o.value !== undefined || o.numerator !== undefined || o.denominator !== undefined;
  if (!named && before.value !== null) return { ...before, value: before.value };
  const kept = (amount: string | null): Entered | undefined => (amount === null ? undefined : { amount, unit: '' });
  const numerator = o.numerator ?? kept(before.numerator);
  const denominator = o.denominator ?? kept(before.denominator);
  if (o.numerator || o.denominator) return saidBy(ctx, indicator, { value: o.value, numerator, denominator });
  // A value that its two numbers do not make stands for itself from now on.
  const share = numerator && denominator && shareOf(indicator, numerator.amount, denominator.amount);
  if (share && o.value && isRounded(o.value.amount, share))
    return saidBy(ctx, indicator, { value: o.value, numerator, denominator });
  return saidBy(ctx, indicator, { value: o.value });
}

/** Asks once about what is odd about a value, with the reasons; what was typed is kept. */
export async function askOnce(
  ctx: WriteContext,
  indicator: Indicator,
  about: { period: Period; partner: number; said: Said; parts: Readonly<Record<string, string | number>> | null },
  o: Entry & { confirm?: boolean | undefined },
): Promise<void> {
  const { period, partner, said, parts } = about;
  checkParts(ctx, indicator, said, parts);
  if (o.confirm) return;
  const made = await reportsOf(ctx.db, ctx.forumId, { indicator: indicator.number, partner });
  const before = made
    .filter(one => one.kind === 'value' && (periodOfKey(one.period)?.end ?? '') < period.end)
    .sort((a, b) => (periodOfKey(a.period)!.end < periodOfKey(b.period)!.end ? -1 : 1))
    .at(-1);
  // A running total of each year begins anew with it, and is no less for that.
  const isAnew =
    before !== undefined &&
    indicator.valueKind === 'cumulative' &&
    spanOf(periodOfKey(before.period)!, indicator) !== spanOf(period, indicator);
  // A part of a sum, or one period's events, is no worse for being less than the whole.
  const several = (await responsibleFor(ctx.db, ctx.forumId, indicator.number)).length > 1;
  const comparable = indicator.valueKind !== 'flow' && !(several && indicator.partnersAggregate === 'sum');
  const odd = surprisesOf(said.value, {
    ...indicator,
    numbers: [said.numerator, said.denominator].filter(one => one !== null),
    baseline: comparable ? indicator.baseline : null,
    previous: isAnew ? null : (before?.value ?? null),
    parts,
    dimensions: dimensionsOf(ctx.forum.settings),
    typedUnit: o.value?.unit ?? '',
  });
  if (!odd.length) return;
  const value = withUnit(ctx, indicator, said.value);
  throw new Refusal(
    'conflict',
    m =>
      m.indicator.sure({
        code: code(indicator),
        value,
        period: period.key,
        why: join(
          odd.map(one => oddity(ctx, m, indicator, one)),
          ' ',
        ),
      }),
    { option: 'confirm', answers: { period: period.key } },
  );
}

/** Groups of people that add up are never more than the whole; no yes makes that right. */
function checkParts(
  ctx: WriteContext,
  indicator: Indicator,
  { value }: Said,
  parts: Readonly<Record<string, string | number>> | null,
): void {
  const over = addUp(indicator.unit) ? tooMany(parts, value, dimensionsOf(ctx.forum.settings)) : null;
  if (!over) return;
  const [sum, whole] = [withUnit(ctx, indicator, over.sum), withUnit(ctx, indicator, value)];
  throw new Refusal(
    'invalid_option',
    m => m.groups.tooMany({ dimension: dimensionName(m, over.dimension.key), sum, whole }),
    { option: 'parts' },
  );
}

/** Returns what is odd about a value, in words. */
function oddity(ctx: WriteContext, m: Messages, indicator: Indicator, one: Surprise): Text {
  const w = m.indicator.surprises;
  switch (one.why) {
    case 'worse_than_baseline':
      return w.worse_than_baseline({ baseline: withUnit(ctx, indicator, one.baseline) });
    case 'cumulative_fell':
      return w.cumulative_fell({ previous: withUnit(ctx, indicator, one.previous) });
    case 'tenfold':
      return w.tenfold({ previous: withUnit(ctx, indicator, one.previous) });
    case 'other_unit':
      return w.other_unit({ typed: one.typed, own: one.own });
    case 'parts_differ':
      return w.parts_differ({ sum: formatAmount(one.sum, ctx, 6), total: formatAmount(one.total, ctx, 6) });
    case 'below_zero':
      return w.below_zero;
    case 'over_hundred':
      return w.over_hundred;
    case 'part_of_a_person':
      return w.part_of_a_person;
  }
}

/** Refuses a report without evidence where the indicator asks for some. */
export function needProof(indicator: Indicator, evidence: unknown): void {
  if (indicator.needsProof && !evidence)
    throw new Refusal('missing_option', m => m.indicator.no.needsProof, { option: 'evidence' });
}

/**
 * Reads the record's figures for a report that people changed or typed, where it fills itself, for a later comparison.
 */
async function sourcesOf(
  ctx: WriteContext,
  indicator: Indicator,
  { period: key, partner }: Pick<Report, 'period' | 'partner'>,
): Promise<Report['sources']> {
  const period = periodOfKey(key);
  const record = await recordOf(ctx.db, indicator);
  return (period && (await figureFor(ctx.db, { record, period, partner }))?.sources) ?? null;
}

/** Saves a report and answers with the indicator's card. */
export async function save(
  ctx: WriteContext,
  indicator: Indicator,
  report: Pick<Report, 'period' | 'partner' | 'kind' | 'onTime' | 'late'> & Partial<Report>,
  head: Text,
  evidence?: Proof,
): Promise<View> {
  const { report: made, replaced } = await addReport(ctx.tx, {
    value: null,
    numerator: null,
    denominator: null,
    parts: null,
    note: null,
    reason: null,
    constrained: null,
    ...report,
    sources: report.kind === 'value' ? (report.sources ?? (await sourcesOf(ctx, indicator, report))) : null,
    forumId: ctx.forumId,
    indicator: indicator.number,
    reportedBy: ctx.actor.member,
    reportedAt: ctx.now,
  });
  if (evidence) await attachProof(ctx, { thing: 'indicator', number: indicator.number }, evidence);
  const data = { period: made.period, partner: made.partner, value: made.value, replaces: replaced?.seq ?? null };
  await ctx.record({
    kind: `indicator.${made.kind === 'value' ? 'reported' : 'no_data'}`,
    thing: 'indicator',
    number: indicator.number,
    data,
  });
  await remindersChanged(ctx, indicator, made.partner);
  const card = await indicatorCard(ctx, indicator, head);
  const again = button(ctx.m, 'addEvidence', 'nv', { indicator: code(indicator) }, 'primary');
  return ctx.lostFiles.length ? { ...card, controls: [[again], ...card.controls] } : card;
}

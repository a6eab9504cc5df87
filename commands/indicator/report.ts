import { z } from 'zod';
import { button } from '../../src/bot/buttons.ts';
import { deed, optional, required, requiredUnless } from '../../src/bot/command.ts';
import type { WriteContext } from '../../src/bot/context.ts';
import { flag, type Kind, number, paragraph, typedOf } from '../../src/bot/kinds.ts';
import { entity, evidence, whereIs } from '../../src/bot/references.ts';
import { Refusal } from '../../src/bot/refusal.ts';
import { list, type View, view } from '../../src/bot/view.ts';
import { addEvidence, guessKind } from '../../src/domain/evidence.ts';
import type { Period } from '../../src/domain/indicators/periods.ts';
import { isPercent } from '../../src/domain/indicators/span.ts';
import {
  addReport,
  type Indicator,
  type Report,
  reportsOf,
  responsibleFor,
} from '../../src/domain/indicators/store.ts';
import { type Surprise, surprisesOf } from '../../src/domain/indicators/surprises.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { formatNumber, numberAsTyped, readNumber } from '../../src/language/numbers.ts';
import type { Text } from '../../src/language/text.ts';
import { indicatorCard, withUnit } from '../../src/views/indicator.ts';
import { code, openPeriod, period, periodFor, replaceable, reportingFor, theIndicator } from './common.ts';

type Parts = Readonly<Record<string, number>>;

/** A value by groups: `L=41, P=27`. */
const parts = (): Kind<Parts> => ({
  input: 'line',
  allowed: z.record(z.string().max(30), z.number()),
  print: value =>
    Object.entries(value)
      .map(([name, n]) => `${name}=${numberAsTyped(n)}`)
      .join(', '),
  accepts: m => m.indicator.acceptsParts,
  async read(raw, r) {
    const typed = typedOf(raw);
    const found: Record<string, number> = {};
    for (const piece of typed.split(/[;,]\s*(?=[^\d\s])/)) {
      const pair = /^\s*([^=:]{1,30})[=:]\s*(.+)$/.exec(piece);
      const reading = pair && readNumber(pair[2]!, r.ctx.locale);
      if (!reading || !('value' in reading))
        throw new Refusal('invalid_option', m =>
          m.core.invalidOption({ option: r.option, typed, accepts: m.indicator.acceptsParts }),
        );
      found[pair![1]!.trim()] = reading.value;
    }
    return found;
  },
});

/** Whether a value is an exact one, rounded to as many decimals as were typed. */
const isRounded = (typed: number, exact: number): boolean => {
  const decimals = /\.(\d+)$/.exec(String(typed))?.[1]?.length ?? 0;
  return Math.abs(typed - exact) <= 0.5 / 10 ** decimals + Number.EPSILON * Math.abs(exact);
};

/** The value that was given, or the share of its two numbers; a value typed beside them has to agree with them. */
function reportedValue(
  ctx: WriteContext,
  indicator: Indicator,
  o: { value?: number | undefined; numerator?: number | undefined; denominator?: number | undefined },
): number {
  const { value, numerator, denominator } = o;
  if ((numerator === undefined) !== (denominator === undefined) || denominator === 0)
    throw new Refusal('invalid_option', m => m.indicator.no.bothParts, { option: 'denominator' });
  if (numerator !== undefined && denominator !== undefined) {
    const share = Number(((numerator / denominator) * (isPercent(indicator) ? 100 : 1)).toPrecision(12));
    if (value !== undefined && !isRounded(value, share)) {
      const said = { typed: withUnit(ctx, indicator, value), share: withUnit(ctx, indicator, share) };
      throw new Refusal('invalid_option', m => m.indicator.no.contradicts(said), { option: 'value' });
    }
    return share;
  }
  if (value === undefined) throw new Refusal('missing_option', m => m.indicator.no.noValue, { option: 'value' });
  return value;
}

/** The report in force for a period and partner, if there is one. */
const standing = async (ctx: WriteContext, { number }: Indicator, { key }: Period, partner: number) =>
  (await reportsOf(ctx.db, ctx.forumId, { indicator: number, periods: [key], partner }))[0];

/** Saves a report and answers with the indicator's card. */
async function save(
  ctx: WriteContext,
  indicator: Indicator,
  report: Pick<Report, 'period' | 'partner' | 'kind'> & Partial<Report>,
  onTime: boolean,
  head: Text,
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
    forumId: ctx.forumId,
    indicator: indicator.number,
    reportedBy: ctx.actor.member,
    reportedAt: ctx.now,
    onTime: replacedOnTime(onTime, report),
  });
  const data = { period: made.period, partner: made.partner, value: made.value, replaces: replaced?.seq ?? null };
  await ctx.record({
    kind: `indicator.${made.kind === 'value' ? 'reported' : 'no_data'}`,
    thing: 'indicator',
    number: indicator.number,
    data,
  });
  return indicatorCard(ctx, indicator, head);
}

/** A correction is as timely as what it corrects. */
const replacedOnTime = (onTime: boolean, report: Partial<Report>): boolean => report.onTime ?? onTime;

/** What is odd about a value, in words. */
const oddities = (ctx: WriteContext, indicator: Indicator, found: readonly Surprise[]): Text[] => {
  const w = ctx.m.indicator.surprises;
  const n = (value: number): string => formatNumber(value, ctx.locale);
  return found.map(one => {
    if (one.why === 'worse_than_baseline')
      return w.worse_than_baseline({ baseline: withUnit(ctx, indicator, one.baseline) });
    if (one.why === 'cumulative_fell') return w.cumulative_fell({ previous: withUnit(ctx, indicator, one.previous) });
    return w.parts_differ({ sum: n(one.sum), total: n(one.total) });
  });
};

async function surprising(
  ctx: WriteContext,
  indicator: Indicator,
  period: Period,
  partner: number,
  value: number,
  given: Parts | undefined,
): Promise<Text[]> {
  const made = await reportsOf(ctx.db, ctx.forumId, { indicator: indicator.number, partner });
  const before = made.filter(one => one.kind === 'value' && one.period < period.key).at(-1);
  // A part of a sum, or one period's events, is no worse for being less than the whole.
  const several = (await responsibleFor(ctx.db, ctx.forumId, indicator.number)).length > 1;
  const comparable = indicator.valueKind !== 'flow' && !(several && indicator.partnersAggregate === 'sum');
  const found = surprisesOf(value, {
    direction: indicator.direction === 'up' ? 'higher' : 'lower',
    valueKind: indicator.valueKind,
    baseline: comparable ? indicator.baseline : null,
    previous: before?.value ?? null,
    breakdowns: given ? [{ dimension: 'parts', mustSum: true, parts: given }] : [],
  });
  return oddities(ctx, indicator, found);
}

export const report = deed({
  id: 'nr',
  name: 'report',
  words: m => m.indicator.command.report,
  who: 'member',
  options: {
    ...theIndicator,
    value: requiredUnless(number(), 'numerator', 'denominator'),
    period: optional(period()),
    note: optional(paragraph({ max: 1000 })),
    evidence: optional(evidence()),
    numerator: optional(number()),
    denominator: optional(number()),
    parts: optional(parts()),
    constrained: optional(paragraph({ max: 500 })),
    partner: optional(entity(partnerSource)),
    confirm: optional(flag()),
  },
  async run(ctx, o) {
    const { indicator } = o;
    const partner = await reportingFor(ctx, indicator, o.partner);
    const period = await periodFor(ctx, indicator, o.period, partner);
    const onTime = await openPeriod(ctx, indicator, period);
    replaceable(ctx, await standing(ctx, indicator, period, partner));
    const value = reportedValue(ctx, indicator, o);
    if (indicator.needsProof && !o.evidence)
      throw new Refusal('missing_option', m => m.indicator.no.needsProof, { option: 'evidence' });
    const odd = o.confirm ? [] : await surprising(ctx, indicator, period, partner, value, o.parts);
    const w = ctx.m.indicator;
    if (odd.length) {
      const shown = withUnit(ctx, indicator, value);
      const values = { indicator: code(indicator), value: numberAsTyped(value), period: period.key, confirm: 'yes' };
      // With notes or evidence there is more than a button can carry: the form keeps it all.
      if (o.note || o.evidence || o.parts || o.constrained || o.numerator !== undefined)
        throw new Refusal(
          'conflict',
          m => m.indicator.sure({ code: code(indicator), value: shown, period: period.key }),
          { option: 'confirm' },
        );
      return view(w.sure({ code: code(indicator), value: shown, period: period.key }), {
        tone: 'warning',
        blocks: [list(odd)],
        controls: [[button(ctx.m, 'confirm', 'nr', values, 'primary')]],
      });
    }
    const { numerator = null, denominator = null, note = null, constrained = null } = o;
    const made = {
      period: period.key,
      partner,
      kind: 'value',
      value,
      numerator,
      denominator,
      note,
      constrained,
      parts: o.parts ?? null,
    } as const;
    const card = await save(ctx, indicator, made, onTime, w.reported({ code: code(indicator), period: period.key }));
    if (o.evidence) {
      const content = whereIs(o.evidence);
      const kind = guessKind(content, typeof o.evidence === 'string' ? '' : o.evidence.type);
      const proof = { thing: 'indicator', number: indicator.number, kind, content, addedBy: ctx.actor.member } as const;
      await addEvidence(ctx.tx, ctx.forumId, proof, ctx.now);
    }
    return card;
  },
});

export const none = deed({
  id: 'nn',
  name: 'none',
  former: ['nihil'],
  words: m => m.indicator.command.none,
  who: 'member',
  options: { ...theIndicator, reason: required(paragraph({ max: 500 })), period: optional(period()) },
  async run(ctx, { indicator, reason, period: typed }) {
    const partner = await reportingFor(ctx, indicator, undefined);
    const period = await periodFor(ctx, indicator, typed, partner);
    const onTime = await openPeriod(ctx, indicator, period);
    replaceable(ctx, await standing(ctx, indicator, period, partner));
    const head = ctx.m.indicator.noneReported({ code: code(indicator), period: period.key });
    return save(ctx, indicator, { period: period.key, partner, kind: 'no_data', reason }, onTime, head);
  },
});

export const correct = deed({
  id: 'nc',
  name: 'correct',
  words: m => m.indicator.command.correct,
  who: 'member',
  options: {
    ...theIndicator,
    period: required(period()),
    value: required(number()),
    reason: required(paragraph({ max: 500 })),
    partner: optional(entity(partnerSource)),
  },
  async run(ctx, o) {
    const { indicator } = o;
    const partner = await reportingFor(ctx, indicator, o.partner);
    const period = await periodFor(ctx, indicator, o.period, partner);
    await openPeriod(ctx, indicator, period);
    const before = await standing(ctx, indicator, period, partner);
    if (!before) throw new Refusal('not_found', m => m.indicator.no.nothing({ period: period.key }));
    replaceable(ctx, before);
    const { note, onTime } = before;
    const head = ctx.m.indicator.corrected({ code: code(indicator), period: period.key });
    const made = {
      period: period.key,
      partner,
      kind: 'value',
      value: o.value,
      note,
      onTime,
      reason: o.reason,
    } as const;
    return save(ctx, indicator, made, onTime, head);
  },
});

import type { ReadContext, WriteContext } from '../../src/bot/act-context.ts';
import { areas } from '../../src/bot/area-kind.ts';
import { BeginForm } from '../../src/bot/begin-form.ts';
import { mutation, optional, paging, query, required } from '../../src/bot/command.ts';
import { fillMeasure, fillSource } from '../../src/bot/fill-kinds.ts';
import { choice, date, flag, line } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { areasText } from '../../src/domain/areas/area.ts';
import { isFilledByAssessment } from '../../src/domain/assessments/feeding.ts';
import { evidencedAmong } from '../../src/domain/evidence.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { type Differing, differing, figureFor, type Wanted } from '../../src/domain/indicators/drafts.ts';
import {
  ACTIVITY_MEASURES,
  type Figure,
  type Fill,
  isSameSources,
  MONEY_MEASURES,
} from '../../src/domain/indicators/fill.ts';
import { fillingOf, whyNotFilled } from '../../src/domain/indicators/filling.ts';
import { recordOf } from '../../src/domain/indicators/record.ts';
import type { Indicator } from '../../src/domain/indicators/row.ts';
import { isPercent } from '../../src/domain/indicators/span.ts';
import { type Report, reportsOf } from '../../src/domain/indicators/stored-reports.ts';
import { termsAt, termsOf } from '../../src/domain/indicators/terms.ts';
import { namesOf, type Partner, partnerSource } from '../../src/domain/partners.ts';
import { localDate } from '../../src/language/dates.ts';
import { ACTIVITY_WORDS } from '../../src/language/synonyms.ts';
import { comparison } from '../../src/schedule/fills.ts';
import { ACTIVITY_KINDS } from '../../src/storage/schema/activities.ts';
import { draftCard, fillText, measureName, valuesOf } from '../../src/views/fill.ts';
import { inOrder } from '../../src/views/groups.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { formatAmount, withUnit } from '../../src/views/indicator-words.ts';
import { code, notRetired, openPeriod, period, periodFor, replaceable, reportingFor, theIndicator } from './common.ts';
import { save } from './entry.ts';
import { agreedAnew } from './terms.ts';

export const fill = mutation({
  id: 'nf',
  name: 'fill',
  words: m => m.fill.command.fill,
  who: 'coordinator',
  options: {
    ...theIndicator,
    from: required(fillSource()),
    of: optional(choice(ACTIVITY_KINDS, m => m.activity.kinds, ACTIVITY_WORDS)),
    measure: optional(fillMeasure()),
    partner: optional(entity(partnerSource)),
    goal: optional(entity(goalSource)),
    area: optional(areas()),
    since: optional(date()),
    per: optional(fillMeasure()),
  },
  async run(ctx, o) {
    const { indicator, from } = o;
    if (indicator.retiredAt) throw new Refusal('closed', m => m.indicator.no.retired);
    const today = localDate(ctx.now, ctx.forum.zone);
    const since = o.since ?? today;
    const terms = termsAt(await recordOf(ctx.db, indicator), since);
    const wanted: Fill | null = from === 'none' ? null : fillWanted(ctx, { ...o, from }, isPercent(terms));
    const no = whyNotFilled({ ...terms, fill: wanted });
    if (no) throw new Refusal('invalid_option', m => m.fill.no[no], { option: no === 'share' ? 'per' : 'indicator' });
    if (wanted && (await isFilledByAssessment(ctx.db, indicator)))
      throw new Refusal('conflict', m => m.fill.no.assessed, { option: 'indicator' });
    const changed = await agreedAnew(ctx, indicator, { since, terms: { fill: wanted } });
    await ctx.record({
      kind: 'indicator.fill',
      thing: 'indicator',
      number: indicator.number,
      data: { fill: wanted, since },
    });
    if (!wanted) return indicatorCard(ctx, changed, ctx.m.fill.stopped({ code: code(indicator) }));
    await ctx.plan(comparison(ctx.now, ctx.forum.zone));
    ctx.tell(ctx.m.fill.setHint);
    const what = fillText(ctx, wanted, await namesOf(ctx.db, ctx.forumId));
    return indicatorCard(ctx, changed, ctx.m.fill.set({ code: code(indicator), what }));
  },
});

/** Conditions of a fill as typed; those not named narrow nothing down. */
function fillWanted(
  ctx: ReadContext,
  o: {
    readonly from: Fill['from'];
    readonly of?: Fill['of'] | undefined;
    readonly measure?: string | undefined;
    readonly per?: string | undefined;
    readonly partner?: Partner | undefined;
    readonly goal?: { readonly number: number } | undefined;
    readonly area?: Parameters<typeof areasText>[0] | undefined;
  },
  isShare: boolean,
): Fill {
  const measure = o.measure ?? (o.from === 'money' ? 'out' : 'participants');
  const per = o.per ?? (isShare ? wholeOf(measure) : undefined);
  for (const [option, one] of Object.entries({ measure, per })) if (one !== undefined) beOf(ctx, o.from, option, one);
  return {
    from: o.from,
    measure,
    ...(per !== undefined && per !== measure && { per }),
    of: o.of ?? null,
    partner: o.partner?.number ?? null,
    goal: o.goal?.number ?? null,
    area: o.area ? areasText(o.area) : null,
  };
}

const isOfMoney = (measure: string): boolean => (MONEY_MEASURES as readonly string[]).includes(measure);

/** Returns the default whole of a percentage: all participants for a group of people, the income for the spending. */
function wholeOf(measure: string): string | undefined {
  if (isOfMoney(measure)) return measure === 'out' ? 'in' : undefined;
  return (ACTIVITY_MEASURES as readonly string[]).includes(measure) ? undefined : 'participants';
}

/** Refuses a measure that the source does not have. */
function beOf(ctx: ReadContext, from: Fill['from'], option: string, measure: string): void {
  if (isOfMoney(measure) === (from === 'money')) return;
  const said = { measure: measureName(ctx, measure), source: ctx.m.fill.sources[from] };
  const measures: readonly string[] = from === 'money' ? MONEY_MEASURES : ACTIVITY_MEASURES;
  throw new Refusal('invalid_option', m => m.fill.no.measureOfOther(said), {
    option,
    candidates: measures.map(value => ({ value, label: measureName(ctx, value) })),
  });
}

/** The draft that is meant, with what the record says of it and the report that stands. */
async function drafted(
  ctx: ReadContext,
  indicator: Indicator,
  typed: string,
  named: Partner | undefined,
): Promise<{ of: Wanted; figure: Figure; report: Report | undefined }> {
  const partner = await reportingFor(ctx, indicator, named, typed);
  const wanted = await periodFor(ctx, indicator, typed, partner);
  const of = { record: await recordOf(ctx.db, indicator), period: wanted, partner };
  const figure = await figureFor(ctx.db, of);
  if (!figure) {
    const said = { code: code(indicator), period: wanted.key };
    const isFilled = fillingOf(termsOf(of.record, wanted), wanted) !== null;
    throw new Refusal('not_found', m => (isFilled ? m.fill.no.ofNothing(said) : m.fill.no.notFilled(said)));
  }
  const where = { indicator: indicator.number, periods: [wanted.key], partner };
  return { of, figure, report: (await reportsOf(ctx.db, ctx.forumId, where))[0] };
}

const theDraft = { ...theIndicator, period: required(period()), partner: optional(entity(partnerSource)) };

export const draft = query({
  id: 'ng',
  name: 'draft',
  hidden: true,
  words: m => m.fill.command.draft,
  who: 'member',
  options: theDraft,
  async run(ctx, o) {
    const { of, figure, report } = await drafted(ctx, o.indicator, o.period, o.partner);
    const all: Differing[] = await differing(ctx.db, ctx.forumId, [of.record], of.period.end);
    const differs = all.find(one => one.period.key === of.period.key && one.partner === of.partner) ?? null;
    return draftCard(ctx, of, figure, report ?? null, differs);
  },
});

/** Opens the form of a report with the figure of the draft: what is right in it need not be typed again. */
export const change = query({
  id: 'nz',
  name: 'change-draft',
  hidden: true,
  opensForm: true,
  words: m => m.fill.command.change,
  who: 'member',
  options: theDraft,
  async run(ctx, o) {
    const { of, figure } = await drafted(ctx, o.indicator, o.period, o.partner);
    const shown = (amount: string | null) => (amount === null ? null : formatAmount(amount, ctx, 6));
    const counts = figure.sources.groups ?? {};
    const groups = inOrder(Object.keys(counts)).map(key => `${key}=${counts[key]}`);
    throw new BeginForm(
      'nr',
      {
        value: figure.numerator === null ? shown(figure.value) : null,
        numerator: shown(figure.numerator),
        denominator: shown(figure.denominator),
        parts: groups.join(', '),
      },
      { about: valuesOf({ indicator: o.indicator, period: of.period, partner: of.partner }) },
    );
  },
});

export const accept = mutation({
  id: 'nw',
  name: 'accept',
  hidden: true,
  words: m => m.fill.command.accept,
  who: 'member',
  options: { ...theDraft, seen: paging(line({ max: 40 })), confirm: paging(flag()) },
  async run(ctx, { indicator, period: typed, partner: named, seen, confirm }) {
    const { of, figure, report } = await drafted(ctx, indicator, typed, named);
    const { period: about, partner } = of;
    notRetired(ctx, indicator, about);
    const isOnTime = await openPeriod(ctx, indicator, about);
    replaceable(ctx, report);
    if (seen !== undefined && seen !== figure.value && !confirm) {
      const said = { before: withUnit(ctx, indicator, seen), now: withUnit(ctx, indicator, figure.value) };
      throw new Refusal('conflict', m => m.fill.no.changed(said), {
        option: 'confirm',
        answers: { seen: figure.value },
      });
    }
    await needEvidence(ctx, indicator, figure);
    const isCorrection = report?.state === 'submitted';
    const made = {
      ...{ period: about.key, partner, kind: 'value' as const, value: figure.value },
      ...{ numerator: figure.numerator, denominator: figure.denominator },
      ...{ sources: figure.sources, parts: figure.sources.groups },
      onTime: isCorrection ? report.onTime : isOnTime,
      late: !isOnTime,
      ...(isCorrection && { note: report.note, constrained: report.constrained, reason: ctx.m.fill.lookedAgain }),
    };
    return save(ctx, indicator, made, ctx.m.fill.accepted({ code: code(indicator), period: about.key }));
  },
});

/** The evidence of a figure is that of its activities: where some is needed, one of them has to have it. */
async function needEvidence(ctx: WriteContext, { needsProof }: Indicator, { pieces }: Figure): Promise<void> {
  if (!needsProof || !pieces.length) return;
  if (!(await evidencedAmong(ctx.db, ctx.forumId, pieces))) throw new Refusal('conflict', m => m.fill.no.noProof);
}

/** The record has changed, and the report is right all the same. */
export const keep = mutation({
  id: 'nj',
  name: 'keep',
  hidden: true,
  words: m => m.fill.command.keep,
  who: 'member',
  options: theDraft,
  async run(ctx, { indicator, period: typed, partner: named }) {
    const { of, figure, report } = await drafted(ctx, indicator, typed, named);
    if (report?.state !== 'submitted')
      throw new Refusal('not_found', m => m.indicator.no.nothing({ period: of.period.key }));
    replaceable(ctx, report);
    if (report.sources && isSameSources(report.sources, figure.sources))
      throw new Refusal('conflict', m => m.fill.no.same);
    const { seq: _, forumId: __, inForce, state, returnReason, fromImport, reportedBy, reportedAt, ...said } = report;
    const made = { ...said, sources: figure.sources, reason: ctx.m.fill.lookedAgain };
    return save(ctx, indicator, made, ctx.m.fill.kept({ code: code(indicator), period: of.period.key }));
  },
});

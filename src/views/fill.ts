import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Control, facts, list, text, type View, view } from '../contract/view.ts';
import { areaNames } from '../domain/areas/area.ts';
import { codeOf } from '../domain/codes.ts';
import type { Differing, Wanted } from '../domain/indicators/drafts.ts';
import {
  ACTIVITY_MEASURES,
  type Figure,
  type Fill,
  MONEY_MEASURES,
  type Piece,
  START,
} from '../domain/indicators/fill.ts';
import type { Figures, IndicatorRecord } from '../domain/indicators/record.ts';
import { WHOLE } from '../domain/indicators/store.ts';
import { namesOf } from '../domain/partners.ts';
import { formatDate } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { countsText, groupName } from './groups.ts';
import { formatAmount, type Names, withUnit } from './indicator-words.ts';

type Words = Pick<RenderContext, 'm' | 'locale'>;

/** Maximum number of things that a draft lists. */
const LISTED = 25;

/** Returns what a measure is called: a group of people by its own name. */
export function measureName({ m }: Pick<RenderContext, 'm'>, measure: string): string {
  const known: readonly string[] = [...ACTIVITY_MEASURES, ...MONEY_MEASURES];
  return known.includes(measure) ? m.fill.measures[measure as keyof typeof m.fill.measures] : groupName(m, measure);
}

/** Says from what an indicator fills itself: `participants, from activities (training, goal T-1)`. */
export function fillText(context: Pick<RenderContext, 'm'>, fill: Fill, names: Names): string {
  const { m } = context;
  const narrowed = [
    fill.of && m.activity.kinds[fill.of],
    fill.partner !== null && m.fill.ofPartner({ partner: names.get(fill.partner) ?? codeOf('partner', fill.partner) }),
    fill.goal !== null && m.fill.ofGoal({ goal: codeOf('goal', fill.goal) }),
    fill.area !== null && m.fill.ofArea({ area: areaNames(fill.area) }),
  ].filter(Boolean);
  const measured = measureName(context, fill.measure);
  const measure =
    fill.per === undefined ? measured : m.fill.shareOf({ measure: measured, per: measureName(context, fill.per) });
  const said = { measure, source: m.fill.sources[fill.from] };
  return m.fill.measureOf({ ...said, narrowed: narrowed.join('; ') });
}

/** Maximum number of things that a report names as those it was made from. */
const NAMED = 5;
const CODE = /^[KUM]-\d+$/;

/** Names the things of the record from which a report was made: `from K-1, K-2`. Null: people reported it. */
export function sourcesText({ m }: Pick<RenderContext, 'm'>, sources: Figures['sources']): string | null {
  if (!sources) return null;
  const things = [...new Set([...Object.keys(sources.of), ...Object.keys(sources.per ?? {})])].filter(
    key => key !== START,
  );
  const codes = things.filter(key => CODE.test(key));
  if (!codes.length) return m.fill.fromThings({ n: things.length });
  const named = codes.slice(0, NAMED).join(', ');
  const more = codes.length - NAMED;
  return more > 0 ? m.fill.fromCodesAndMore({ codes: named, more }) : m.fill.fromCodes({ codes: named });
}

/** A figure in words: `From 4 activities: 115 people (women 63, men 52); 1 without a number`. */
export function figureText(context: Words, { indicator }: Pick<IndicatorRecord, 'indicator'>, figure: Figure): string {
  const w = context.m.fill;
  const { pieces, sources, filling } = figure;
  const { fill, isRunning, start } = filling;
  const n = pieces.length;
  const value = withUnit(context, indicator, figure.value);
  const said =
    fill.from === 'money'
      ? w.fromMoney({ n, value })
      : w.fromActivities({ n, value, groups: countsText(context, sources.groups ?? {}) });
  const silent = pieces.filter(one => one.counts === null && one.per === null).length;
  const shared = pieces.filter(one => one.shared.length).length;
  const begun = isRunning ? w.running({ start: start === null ? null : withUnit(context, indicator, start) }) : '';
  return [said, begun, silent ? w.silent({ n: silent }) : '', shared ? w.shared({ n: shared }) : '']
    .filter(Boolean)
    .join('; ');
}

/** Returns what a report is given for: its indicator, its period and, unless it is the whole forum's, its partner. */
export const valuesOf = ({
  indicator,
  period,
  partner,
}: Pick<Wanted, 'period' | 'partner'> & Pick<IndicatorRecord, 'indicator'>) => ({
  indicator: codeOf('indicator', indicator.number),
  period: period.key,
  ...(partner !== WHOLE && { partner: codeOf('partner', partner) }),
});

const draftValues = ({ record, period, partner }: Wanted) => valuesOf({ indicator: record.indicator, period, partner });

/** The steps of a draft: it is right, it is another figure, or one looks where it comes from. */
export function draftButtons({ m }: Pick<RenderContext, 'm'>, of: Wanted, figure: Figure, look = true): Control[] {
  const values = draftValues(of);
  return [
    button(m, 'draftRight', 'nw', { ...values, seen: figure.value }, 'primary'),
    button(m, 'draftChange', 'nz', values),
    ...(look ? [button(m, 'draftLook', 'ng', values)] : []),
  ];
}

/** The steps of a report that the record differs from by now. */
export function againButtons({ m }: Pick<RenderContext, 'm'>, { figure, ...of }: Differing, look = true): Control[] {
  const values = draftValues(of);
  return [
    button(m, 'takeFigure', 'nw', { ...values, seen: figure.value }, 'primary'),
    button(m, 'keepFigure', 'nj', values),
    ...(look ? [button(m, 'draftLook', 'ng', values)] : []),
  ];
}

/** Shows where the figure of a report comes from, thing by thing, and how it differs from what was reported. */
export async function draftCard(
  context: RenderContext,
  of: Wanted,
  figure: Figure,
  report: Figures | null,
  differs: Differing | null,
): Promise<View> {
  const { m } = context;
  const { record, period, partner } = of;
  const names = await namesOf(context.db, context.forumId);
  const code = codeOf('indicator', record.indicator.number);
  const said = { code, period: period.key, partner: names.get(partner) ?? m.indicator.wholeForum };
  const reported = report?.value && withUnit(context, record.indicator, report.value);
  const more = figure.pieces.length - LISTED;
  return view(m.fill.draftTitle(said), {
    tone: differs ? 'warning' : 'plain',
    blocks: [
      text(figureText(context, of.record, figure)),
      facts([
        [m.fill.title, fillText(context, figure.filling.fill, names)],
        [m.fill.inForce, reported ?? null],
        [m.fill.byNow, differs ? withUnit(context, record.indicator, figure.value) : null],
      ]),
      figure.pieces.length
        ? list(figure.pieces.slice(0, LISTED).map(one => pieceLine(context, one, names)))
        : text(m.fill.nothing),
      more > 0 ? text(m.fill.morePieces({ n: more })) : null,
    ],
    controls: [
      differs
        ? againButtons(context, differs, false)
        : report?.state === 'submitted'
          ? []
          : draftButtons(context, of, figure, false),
    ],
  });
}

function pieceLine({ m, locale }: RenderContext, piece: Piece, names: Names): Text {
  const { thing, number, title, date, counts, per, shared } = piece;
  const parts = [counts, per].flatMap(one => (one === null ? [] : formatAmount(one, { locale })));
  return m.fill.pieceLine({
    code: codeOf(thing, number),
    date: formatDate(date, locale, 'short'),
    title,
    counts: parts.join(' / ') || null,
    shared: shared.map(one => names.get(one) ?? codeOf('partner', one)).join(', '),
  });
}

/** A report that is to be looked at again, in a line, with the difference. */
export function againLine(context: Words, { record, period, partner, report, figure }: Differing, names: Names): Text {
  const { indicator } = record;
  return context.m.fill.againLine({
    code: codeOf('indicator', indicator.number),
    period: period.key,
    partner: names.get(partner) ?? context.m.indicator.wholeForum,
    before: withUnit(context, indicator, report.value ?? '0'),
    now: countedText(context, record, figure),
  });
}

/** The figure with its groups: where the whole is the same, they tell what differs. */
function countedText(context: Words, { indicator }: IndicatorRecord, figure: Figure): string {
  const groups = countsText(context, figure.sources.groups ?? {});
  const value = withUnit(context, indicator, figure.value);
  return groups ? `${value} (${groups})` : value;
}

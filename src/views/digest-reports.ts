import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { facts, list, text } from '../contract/view.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Forum } from '../domain/forums.ts';
import { minus, rounded } from '../domain/indicators/fraction.ts';
import { type IndicatorStatus, latest, type PeriodStatus, statusesOfAll } from '../domain/indicators/period-status.ts';
import type { IndicatorRecord } from '../domain/indicators/record.ts';
import { indicatorsByNumbers } from '../domain/indicators/store.ts';
import { type Report, reportsMade } from '../domain/indicators/stored-reports.ts';
import { namesOf } from '../domain/partners.ts';
import type { Text } from '../language/text.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import { LISTED, NOTHING, type Section, see } from './digest-section.ts';
import { owedNow } from './due.ts';
import { indicatorsPicture, type Shown, shownOf } from './indicator-picture.ts';
import { formatAmount, nOf, statusText, withUnit } from './indicator-words.ts';

const ORDER: readonly (string | null)[] = ['red', 'amber', null, 'green', 'met'];
const BARS = '▁▂▃▄▅▆▇█';

/** Values as a row of little bars; nothing where there is nothing to compare. */
function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter(value => value !== null);
  if (known.length < 2) return '';
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return values
    .map(value =>
      value === null ? '·' : BARS[high === low ? 3 : Math.round(((value - low) / (high - low)) * (BARS.length - 1))]!,
    )
    .join('');
}

/** Returns what was reported on time and late, and what is owed, by partner. */
export async function reportSection(
  context: RenderContext,
  forum: Forum,
  records: readonly IndicatorRecord[],
  { made }: Reported,
): Promise<Section> {
  const w = context.m.digest;
  const today = dateIn(context.now, forum.zone);
  const owed = (await owedNow(context, records)).filter(one => one.period.end < today);
  if (!made.length && !owed.length) return NOTHING;
  const names = await namesOf(context.db, context.forumId);
  const name = (partner: number): string => names.get(partner) ?? context.m.indicator.wholeForum;
  const whose = [...new Set(owed.map(one => one.partner))];
  const items = (partner: number): string =>
    owed
      .filter(one => one.partner === partner)
      .map(
        one =>
          `${codeOf('indicator', one.indicator.number)} ${one.period.key} (${context.m.indicator.absences[one.state]})`,
      )
      .join(', ');
  // Reports due later are awaited, but nobody is late with them.
  const expected = made.length + owed.filter(one => one.due < today).length;
  const onTime = made.filter(report => report.onTime).length;
  return {
    blocks: [
      facts([[w.reports, w.reportsText({ made: made.length, expected, onTime })]]),
      owed.length ? text(w.owed) : null,
      list(whose.slice(0, LISTED).map(partner => w.owedLine({ partner: name(partner), items: items(partner) }))),
    ].filter(block => block !== null),
    next: owed.length ? [button(context.m, 'reportNow', 'nd')] : [],
  };
}

/** The reports made in a time, and how each indicator stands that got a value by them. */
export interface Reported {
  readonly made: readonly Report[];
  readonly stood: readonly IndicatorStatus[];
}

/** Reads what was reported between two instants. */
export async function reportedIn({ db, forumId, now }: RenderContext, from: Date, to: Date): Promise<Reported> {
  const made = await reportsMade(db, forumId, from, to);
  const numbers = [...new Set(made.filter(report => report.kind === 'value').map(report => report.indicator))];
  return { made, stood: await statusesOfAll(db, await indicatorsByNumbers(db, forumId, numbers), now) };
}

/** The indicators that were reported, the worst first, each with its change. */
export async function changedSection(context: RenderContext, { made, stood }: Reported): Promise<Section> {
  const w = context.m.digest;
  const changed: (Shown & { order: number; line: Text; red: string | null })[] = [];
  const names = await namesOf(context.db, context.forumId);
  for (const { indicator, standings: all } of stood) {
    await shareTurn();
    const { number } = indicator;
    const now = latest(all);
    if (now.value === null) continue;
    const code = codeOf('indicator', number);
    changed.push({
      indicator,
      standings: all,
      order: ORDER.indexOf(now.colour),
      red: now.colour === 'red' ? code : null,
      line: w.changedLine({
        code,
        name: indicator.name,
        value: withUnit(context, indicator, now.value),
        delta: deltaOf(context, all, now),
        status: statusText(context, now, names),
        spark: sparkline(shownOf(all).map(one => one.value && rounded(one.value, 6))),
        n: nOf(context, now),
        late: made.some(report => report.indicator === number && !report.onTime) ? w.catchUp : '',
      }),
    });
  }
  if (!changed.length) return NOTHING;
  changed.sort((a, b) => a.order - b.order);
  const red = changed.find(one => one.red)?.red;
  const named = changed.slice(0, LISTED);
  return {
    blocks: [text(w.changed), indicatorsPicture(context, named), list(named.map(one => one.line))],
    next: red ? [see(context, red, 'ns', { indicator: red })] : [],
  };
}

function deltaOf(context: RenderContext, all: readonly PeriodStatus[], now: PeriodStatus): string {
  const before = all.filter(one => one.period.end < now.period.end && one.value !== null).at(-1)?.value;
  if (before === undefined || before === null || now.value === null) return '';
  const delta = minus(now.value, before);
  return ` (${delta.n > 0n ? '+' : ''}${formatAmount(delta, context)})`;
}

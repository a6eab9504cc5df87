import { and, eq } from 'drizzle-orm';
import { type Block, list, text } from '../bot/view.ts';
import { type Event, historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import type { Indicator } from '../domain/indicators/store.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import type { Look } from './look.ts';

/** So many lines of the story are shown, the last ones. */
const SHOWN = 8;

interface Line {
  readonly at: Date;
  readonly said: Text;
}

/**
 * How an indicator has led to change: what was agreed anew, the issues that were raised from it, the proposals that
 * answered them and the targets these set, in the order of time.
 */
export async function indicatorStory(look: Look, indicator: Indicator): Promise<(Block | null)[]> {
  const events = await historyOf(look.db, look.forumId, 'indicator', indicator.number);
  const lines = [
    ...events.flatMap(event => agreedAnew(look, event)),
    ...(await issuesFrom(look, indicator)),
    ...(await proposalsFor(look, indicator)),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  if (!lines.length) return [];
  const shown = lines.slice(-SHOWN).map(({ at, said }) => {
    const date = formatDate(localDate(at, look.zone), look.locale, 'short');
    return t`${date}: ${said}`;
  });
  return [text(look.m.indicator.story), list(shown)];
}

function agreedAnew(look: Look, { kind, at, data }: Event): Line[] {
  const w = look.m.indicator.storyLines;
  if (kind === 'indicator.target') {
    const value = formatNumber(String(data.value), look.locale, { decimals: 2 });
    const period = typeof data.period === 'string' ? data.period : null;
    return [{ at, said: dated(look, at, data, period ? w.periodTarget({ period, value }) : w.target({ value })) }];
  }
  if (kind === 'indicator.edited')
    return [{ at, said: dated(look, at, data, w.edited({ version: Number(data.version) })) }];
  return kind === 'indicator.retired' ? [{ at, said: w.retired({ reason: String(data.reason) }) }] : [];
}

/** A change with the date from which it holds, where that is another one, and the reason. */
function dated({ m, locale, zone }: Look, at: Date, { since, reason }: Event['data'], said: Text): Text {
  const w = m.indicator.storyLines;
  const from = typeof since === 'string' && since !== localDate(at, zone) ? formatDate(since, locale, 'short') : null;
  const why = typeof reason === 'string' ? reason : null;
  return from || why ? t`${said} (${[from && w.since({ from }), why].filter(Boolean).join(': ')})` : said;
}

async function issuesFrom(look: Look, { number }: Indicator): Promise<Line[]> {
  const { issues: i } = look.db.tables;
  const rows = await look.db
    .select()
    .from(i)
    .where(and(eq(i.forumId, look.forumId), eq(i.indicator, number), eq(i.isPrivate, false)));
  const { issue, indicator } = look.m;
  return rows.map(row => ({
    at: row.createdAt,
    said: indicator.storyLines.issue({
      code: codeOf('issue', row.number),
      title: row.title,
      state: issue.states[row.state],
    }),
  }));
}

async function proposalsFor(look: Look, { number }: Indicator): Promise<Line[]> {
  const { strategies: s } = look.db.tables;
  const rows = await look.db
    .select()
    .from(s)
    .where(and(eq(s.forumId, look.forumId), eq(s.indicator, number)));
  const w = look.m.indicator.storyLines;
  return rows.map(row => {
    const said = { code: codeOf('strategy', row.number), title: row.title };
    if (!row.outcome) return { at: row.createdAt, said: w.proposed(said) };
    const outcome = look.m.strategy.outcomes[row.outcome];
    const target = row.newTarget === null ? null : formatNumber(row.newTarget, look.locale, { decimals: 2 });
    const at = row.closedAt ?? row.createdAt;
    return {
      at,
      said:
        row.outcome === 'carried' && target
          ? w.decidedTarget({ ...said, outcome, value: target })
          : w.decided({ ...said, outcome }),
    };
  });
}

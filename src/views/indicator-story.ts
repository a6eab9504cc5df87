import type { RenderContext } from '../contract/render-context.ts';
import { type Block, list, text } from '../contract/view.ts';
import type { Event } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { RESTATED } from '../domain/indicators/store.ts';
import { formatDate, localDate } from '../language/dates.ts';
import { formatNumber } from '../language/numbers.ts';
import { join, type Text, t } from '../language/text.ts';
import type { CardParts } from './indicator-parts.ts';
import { restatedIn, restatedLine } from './restated.ts';

/** Maximum number of lines of the story, the latest ones. */
const SHOWN = 8;
/** Maximum number of figures told in one line. */
const FIGURES = 12;

interface Line {
  readonly at: Date;
  readonly said: Text;
}

/**
 * Tells how an indicator has led to change: what was agreed anew, the issues raised from it, the proposals that
 * answered them and the targets these set, in the order of time.
 */
export function indicatorStory(
  context: RenderContext,
  indicator: Indicator,
  { events, issues, proposals }: Pick<CardParts, 'events' | 'issues' | 'proposals'>,
): (Block | null)[] {
  const lines = [
    ...events.flatMap(event => agreedAnew(context, event)),
    ...events.flatMap(event => workedOutAnew(context, indicator, event)),
    ...issuesFrom(context, issues),
    ...proposalsFor(context, proposals),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
  if (!lines.length) return [];
  const shown = lines.slice(-SHOWN).map(({ at, said }) => {
    const date = formatDate(localDate(at, context.zone), context.locale, 'short');
    return t`${date}: ${said}`;
  });
  return [text(context.m.indicator.story), list(shown)];
}

function agreedAnew(context: RenderContext, { kind, at, data }: Event): Line[] {
  const w = context.m.indicator.storyLines;
  if (kind === 'indicator.target') {
    const value = formatNumber(String(data.value), context.locale, { decimals: 2 });
    const period = typeof data.period === 'string' ? data.period : null;
    return [{ at, said: dated(context, at, data, period ? w.periodTarget({ period, value }) : w.target({ value })) }];
  }
  if (kind === 'indicator.edited')
    return [
      {
        at,
        said: dated(
          context,
          at,
          data,
          w.edited({ version: Number(data.version), fields: fieldsIn(context, data.fields) }),
        ),
      },
    ];
  return kind === 'indicator.retired' ? [{ at, said: w.retired({ reason: String(data.reason) }) }] : [];
}

/** The finished figures that a corrected rule has changed, each before and after. */
function workedOutAnew(context: RenderContext, indicator: Indicator, event: Event): Line[] {
  if (event.kind !== RESTATED) return [];
  const all = restatedIn(event);
  const lines = all.slice(0, FIGURES).map(one => restatedLine(context, indicator, one));
  const said = context.m.indicator.restated.story({
    lines: join(lines, '; '),
    more: Math.max(0, all.length - FIGURES),
  });
  return [{ at: event.at, said }];
}

/** Terms whose option has another name. */
const OPTIONS: Readonly<Record<string, string>> = {
  baselineSource: 'source',
  valueKind: 'kind',
  needsProof: 'evidence',
};

/** Returns what was changed, by the names of the options that change it. */
function fieldsIn({ m }: RenderContext, fields: unknown): string {
  const options: Readonly<Record<string, { readonly name: string }>> = m.indicator.command.edit.options;
  const nameOf = (field: string): string[] => {
    const option = OPTIONS[field] ?? field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
    return options[option] ? [options[option].name] : [];
  };
  return Array.isArray(fields) ? fields.flatMap(field => nameOf(String(field))).join(', ') : '';
}

/** A change with the date from which it holds, where that is another one, and the reason. */
function dated({ m, locale, zone }: RenderContext, at: Date, { since, reason }: Event['data'], said: Text): Text {
  const w = m.indicator.storyLines;
  const from = typeof since === 'string' && since !== localDate(at, zone) ? formatDate(since, locale, 'short') : null;
  const why = typeof reason === 'string' ? reason : null;
  return from || why ? t`${said} (${[from && w.since({ from }), why].filter(Boolean).join(': ')})` : said;
}

function issuesFrom(context: RenderContext, rows: CardParts['issues']): Line[] {
  const { issue, indicator } = context.m;
  return rows.map(row => ({
    at: row.createdAt,
    said: indicator.storyLines.issue({
      code: codeOf('issue', row.number),
      title: row.title,
      state: issue.states[row.state],
    }),
  }));
}

function proposalsFor(context: RenderContext, rows: CardParts['proposals']): Line[] {
  const w = context.m.indicator.storyLines;
  return rows.map(row => {
    const said = { code: codeOf('strategy', row.number), title: row.title };
    if (!row.outcome) return { at: row.createdAt, said: w.proposed(said) };
    const outcome = context.m.strategy.outcomes[row.outcome];
    const target = row.newTarget === null ? null : formatNumber(row.newTarget, context.locale, { decimals: 2 });
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

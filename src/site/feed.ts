import { lastDone } from '../domain/activities.ts';
import { codeOf } from '../domain/codes.ts';
import { lastReported } from '../domain/indicators/stored-reports.ts';
import { lastDecided } from '../domain/strategies/store.ts';
import { type Markup, markup } from '../language/markup.ts';
import { plain } from '../language/text.ts';
import { statusText, withUnit } from '../views/indicator-words.ts';
import { standing } from './indicators.ts';
import type { PageContext } from './page-context.ts';
import { idOf } from './stable-id.ts';

/** Maximum number of things of each kind that are looked at, those that changed last, and of entries in the feed. */
const EACH = 30;
const ENTRIES = 50;
/** Time for which a result is news, ms. */
const A_YEAR = 366 * 86_400_000;

interface Entry {
  /** Subject, for ever the same: a code, for an indicator with its period. */
  readonly key: string;
  readonly title: string;
  readonly path: string;
  readonly updated: Date;
  readonly summary: string;
}

/** The forum's decisions and results as an Atom feed (RFC 4287), the newest first. */
export async function feedOf(pageContext: PageContext): Promise<string> {
  const { render: context, forum, links } = pageContext;
  const w = context.m.site;
  const all = [...(await decisions(pageContext)), ...(await activities(pageContext)), ...(await results(pageContext))];
  const entries = all.sort((a, b) => b.updated.getTime() - a.updated.getTime()).slice(0, ENTRIES);
  const updated = entries[0]?.updated ?? forum.createdAt;
  const entry = (one: Entry): Markup =>
    markup`<entry><id>${idOf(`${forum.id}/${one.key}`)}</id><title>${one.title}</title><link rel="alternate" type="text/html" href="${links.whole(one.path)}"/><updated>${one.updated.toISOString()}</updated><summary>${one.summary}</summary></entry>
`;
  const feed = markup`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${context.locale}"><id>${idOf(forum.id)}</id><title>${w.feedTitle({ forum: forum.name })}</title><link rel="self" type="application/atom+xml" href="${links.whole('/feed.atom')}"/><link rel="alternate" type="text/html" href="${links.whole()}"/><updated>${updated.toISOString()}</updated><author><name>${forum.name}</name></author><generator>Rembug</generator>
${entries.map(entry)}</feed>
`;
  return `<?xml version="1.0" encoding="utf-8"?>\n${feed.source}`;
}

async function decisions({ render: context }: PageContext): Promise<Entry[]> {
  const w = context.m.strategy;
  const rows = await lastDecided(context.db, context.forumId, EACH);
  return rows.flatMap(row => {
    if (!row.outcome || !row.closedAt) return [];
    const code = codeOf('strategy', row.number);
    const tally = row.arithmetic ? ` (${plain(w.tallyText(row.arithmetic))})` : '';
    return {
      key: code,
      title: `${code} ${row.title}: ${w.outcomes[row.outcome]}`,
      path: `/decisions/${code}`,
      updated: row.closedAt,
      summary: `${row.change}${tally}`,
    };
  });
}

async function activities({ render: context }: PageContext): Promise<Entry[]> {
  const done = await lastDone(context.db, context.forumId, EACH);
  return done.map(({ activity, at }) => {
    const code = codeOf('activity', activity.number);
    return {
      key: code,
      title: `${code} ${activity.title}`,
      path: `/activities/${code}`,
      updated: at,
      summary: activity.result ?? context.m.activity.states.done,
    };
  });
}

/** The last results, one for each indicator and period: news of its own when that period is reported or corrected. */
async function results(pageContext: PageContext): Promise<Entry[]> {
  const { render: context } = pageContext;
  const reported = await lastReported(context.db, context.forumId, new Date(context.now.getTime() - A_YEAR), EACH);
  const indicators = [...new Map(reported.map(({ indicator }) => [indicator.number, indicator])).values()];
  const stood = new Map((await standing(pageContext, indicators)).map(one => [one.indicator.number, one]));
  return reported.flatMap(({ indicator, period, at }) => {
    const its = stood.get(indicator.number);
    const then = its?.all.find(one => one.period.key === period);
    if (!its || !then || then.value === null) return [];
    const code = codeOf('indicator', indicator.number);
    return {
      key: `${code}/${period}`,
      title: `${code} ${indicator.name}: ${withUnit(context, indicator, then.value)}`,
      path: `/indicators/${code}`,
      updated: at,
      summary: `${period}: ${statusText(context, then, its.names)}`,
    };
  });
}

import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, note, quote, table, text, type View, view } from '../contract/view.ts';
import { listActions } from '../domain/actions/lists.ts';
import type { Seer } from '../domain/actions/store.ts';
import { type Activity, activityByNumber } from '../domain/activities.ts';
import { detailsOf } from '../domain/activity-details.ts';
import { historyOf } from '../domain/audit.ts';
import type { Span } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Engagement } from '../domain/engagement/measures.ts';
import type { Progress } from '../domain/engagement/progress.ts';
import { LEAST, nextTheme, openOne, type Pulse, pulseByNumber, resultsOf, THEMES } from '../domain/engagement/pulse.ts';
import { composite, PARTS } from '../domain/engagement/score.ts';
import type { Page } from '../domain/page.ts';
import type { Partner } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { startOf } from '../domain/slots.ts';
import { formatDate, localDate, when } from '../language/dates.ts';
import { numberFormat } from '../language/formatters.ts';
import { formatMoney, formatNumber, formatPercent } from '../language/numbers.ts';
import { formatSlot } from '../language/slots.ts';
import { type Text, t } from '../language/text.ts';
import { actionLines } from './action.ts';
import { activityCard, activityControls } from './activity.ts';
import { lastAssessed } from './assessment-list.ts';
import { nextPage, placeNote } from './paging.ts';
import { scalePicture } from './pictures.ts';
import { review } from './review.ts';

const spanText = (context: RenderContext, { from, to }: Span): string =>
  `${formatDate(from, context.locale, 'short')} – ${formatDate(to, context.locale, 'short')}`;

const share = (context: RenderContext, { n, of }: { n: number; of: number }): string =>
  of ? `${n}/${of} (${formatPercent(n, of, context.locale)})` : context.m.core.none;

const scoreText = (context: RenderContext, score: number | null): string =>
  score === null
    ? context.m.partnership.notEnough
    : numberFormat(context.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(score);

/** A partner's engagement: every figure with what it is counted of, and where to look it up. */
export async function scoreCard(context: RenderContext, partner: Partner, span: Span, e: Engagement): Promise<View> {
  const { m, locale } = context;
  const comments = await commentsOn(context, partner);
  const w = m.partnership;
  const id = { partner: codeOf('partner', partner.number), from: span.from, to: span.to };
  return view(w.scoreOf({ partner: partner.name, span: spanText(context, span) }), {
    blocks: [
      facts([
        ...PARTS.map(part => [w.parts[part], share(context, e.parts[part])] as const),
        [w.onTime, share(context, e.onTime)],
        [w.activities, w.activitiesText({ joined: e.activities, led: e.led })],
        [w.given, givenText(context, e.given)],
        [
          w.response,
          e.responseHours === null ? null : w.hours({ n: formatNumber(e.responseHours, locale, { decimals: 1 }) }),
        ],
        [w.agreements, e.agreements.map(state => m.agreement.states[state]).join(', ') || m.core.none],
        [w.composite, scoreText(context, composite(e.parts))],
      ]),
      scalePicture(
        context,
        { title: partner.name, about: spanText(context, span), most: 100 },
        PARTS.map(part => {
          const { n, of } = e.parts[part];
          return { name: w.parts[part], value: of ? (n / of) * 100 : null, text: share(context, { n, of }) };
        }),
        true,
      ),
      comments.length ? text(w.comments) : null,
      ...comments,
      note(w.scoreNote),
    ],
    controls: [
      [
        button(m, 'showActivities', 'ki', id),
        button(m, 'showReports', 'nl'),
        button(m, 'showAgreements', 'al'),
        button(m, 'showDecisions', 'sl'),
        button(m, 'commentScore', 'yk', { partner: id.partner }),
      ],
    ],
  });
}

/** Maximum number of a partner's comments on its own figures, the latest ones. */
const COMMENTS = 3;

async function commentsOn(context: RenderContext, partner: Partner): Promise<Block[]> {
  const events = await historyOf(context.db, context.forumId, 'partner', partner.number);
  return events
    .filter(event => event.kind === 'partner.commented')
    .slice(-COMMENTS)
    .map(event => {
      const by = event.name ?? context.m.core.anonymous;
      return quote(String(event.data.text), t`${by}, ${when(event.at, context.zone, context.locale)}`);
    });
}

/** Returns what was given, and of how much that was promised. */
function givenText({ m, locale }: RenderContext, { n, of }: Engagement['given']): string | null {
  if (!n && !of) return null;
  const given = formatMoney(n, locale);
  return of ? m.partnership.givenOf({ given, pledged: formatMoney(of, locale) }) : given;
}

/** Tells what the last survey found. */
function trustText({ m, locale }: RenderContext, trust: Progress['trust']): string | null {
  return trust && m.partnership.trustText({ mean: formatNumber(trust.mean, locale, { decimals: 1 }), n: trust.n });
}

/** Maximum number of actions beside the figures of a partnership. */
const BESIDE = 5;

/**
 * Lists what stands beside engagement, so that one view tells the health of a partnership: what the last survey found in
 * the forum, what the partner has open (of the forum, what is late), and the last assessments.
 */
export async function healthBlocks(
  context: RenderContext & Seer,
  partner: number | null,
  trust: Progress['trust'],
): Promise<Block[]> {
  const w = context.m.partnership;
  const filter = partner === null ? { state: 'late' as const } : { state: 'open' as const, partner };
  const { rows } = await listActions(context, filter, localDate(context.now, context.zone), BESIDE);
  const blocks = [
    partner === null ? null : facts([[w.trustInForum, trustText(context, trust)]]),
    rows.length ? text(partner === null ? w.lateActions : w.openActions) : null,
    rows.length ? list(await actionLines(context, rows)) : null,
    ...(await lastAssessed(context, partner)),
  ];
  return blocks.filter(block => block !== null);
}

/** Tells how the forum as a whole comes on. */
function progressBlock(context: RenderContext, { goals, green, trust }: Progress): Block | null {
  const w = context.m.partnership;
  return facts([
    [w.goals, goals.of ? share(context, goals) : null],
    [w.green, green.of ? share(context, green) : null],
    [w.trust, trustText(context, trust)],
  ]);
}

/** All partners for the coordinators, in the order in which they joined: no ranking. */
export async function scoreTable(
  context: RenderContext,
  span: Span,
  page: Page<{ partner: Partner; engagement: Engagement }>,
  progress: Progress,
): Promise<View> {
  const { m } = context;
  const { rows } = page;
  const w = m.partnership;
  return view(w.score({ span: spanText(context, span) }), {
    blocks: [
      rows.length ? null : text(m.partner.empty),
      progressBlock(context, progress),
      table(
        [w.partner, ...PARTS.map(part => w.parts[part]), w.composite],
        rows.map(({ partner, engagement: e }) => [
          partner.name,
          ...PARTS.map(part => (e.parts[part].of ? `${e.parts[part].n}/${e.parts[part].of}` : m.core.none)),
          scoreText(context, composite(e.parts)),
        ]),
        [1, 2, 3, 4, 5],
      ),
      scalePicture(
        context,
        { title: w.composite, about: spanText(context, span), most: 100 },
        rows.map(({ partner, engagement }) => {
          const value = composite(engagement.parts);
          return { name: partner.name, value, text: scoreText(context, value) };
        }),
        true,
      ),
      note(w.tableNote),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'ye', last => ({ ...span, after: String(last.partner.number) }))],
  });
}

const SCORES = ['score1', 'score2', 'score3', 'score4', 'score5'] as const;

/** One question of the survey with its five answers. */
export function pulseQuestion(context: RenderContext, pulse: Pulse, theme: number, head?: Text): View {
  const w = context.m.partnership;
  const row: Control[] = SCORES.map((name, i) =>
    button(context.m, name, 'yp', { pulse: String(pulse.number), theme: String(theme), score: String(i + 1) }),
  );
  return view(head ?? w.pulseTitle, {
    blocks: [
      text(w.question({ n: theme, of: THEMES.length, question: w.themes[theme as (typeof THEMES)[number]] })),
      note(w.anonymous({ least: LEAST })),
    ],
    controls: [row],
  });
}

/** Returns what a closed survey says. */
export async function pulseResult(context: RenderContext, pulse: Pulse): Promise<View> {
  const w = context.m.partnership;
  const results = await resultsOf(context.db, pulse);
  const n = (value: number) => formatNumber(value, context.locale, { decimals: 1 });
  const name = (theme: number) => w.shortThemes[theme as (typeof THEMES)[number]];
  return view(w.resultTitle, {
    blocks: results.length
      ? [
          scalePicture(
            context,
            { title: w.resultTitle, about: w.scaleAbout, most: 5 },
            results.map(one => ({ name: name(one.theme), value: Number(one.mean.toFixed(1)), text: n(one.mean) })),
          ),
          table(
            [w.theme, w.mean, w.spread, 'n'],
            results.map(one => [name(one.theme), n(one.mean), n(one.spread), String(one.n)]),
            [1, 2, 3],
          ),
          note(w.scaleNote),
        ]
      : [text(w.tooFew({ least: LEAST }))],
  });
}

const GONE = { suppressed: 'gone' };

const pulse: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const open = await openOne(context.db, context.forumId);
    if (open?.number !== Number(subject) || context.to === null) return { suppressed: 'closed' };
    const member = await memberByNumber(context.db, context.forumId, context.to);
    const seat = member && (await actorOf(context.db, member)).seat;
    if (!seat) return { suppressed: 'speaks for nobody' };
    const theme = await nextTheme(context.db, open, { member: context.to, partner: seat.partner });
    return theme === null ? { suppressed: 'answered' } : pulseQuestion(context, open, theme);
  },
};

const result: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const found = await pulseByNumber(context.db, context.forumId, Number(subject));
    return found?.closedAt ? pulseResult(context, found) : GONE;
  },
};

/** A reminder of what is coming; `says` is its head. */
const reminding = (says: (context: RenderContext, activity: Activity) => Text): PostType => ({
  keptCurrent: false,
  isPublic: true,
  async view(context, subject) {
    const found = await activityByNumber(context.db, context.forumId, Number(subject));
    if (found?.state !== 'planned') return { suppressed: 'not planned any more' };
    const begins = startOf(found, found.zone ?? context.zone);
    if (found.time !== null && begins <= context.now) return { suppressed: 'has begun' };
    const head = says(context, found);
    const card = activityCard(context, found, await detailsOf(context.db, found), head);
    return { ...card, controls: [activityControls(context, found)] };
  },
});

const invited = reminding(({ m }, activity) => m.activity.youAreInvited({ title: activity.title }));
const seatFree = reminding(({ m }, activity) => m.activity.seatFree({ title: activity.title }));

/** Said on the day before: where quiet hours held it up until the day itself, the day is named alone. */
const tomorrow = reminding(({ m, locale, zone, now }, activity) => {
  const date = formatSlot(activity, locale);
  return localDate(now, zone) < activity.date ? m.activity.reminder({ date }) : m.activity.soon({ date });
});

const soon = reminding(({ m, locale }, activity) => m.activity.soon({ date: formatSlot(activity, locale) }));

/** Post types about taking part. */
export const partnershipSubjects: PostTypes = {
  pulse,
  pulse_result: result,
  review,
  activity_tomorrow: tomorrow,
  activity_soon: soon,
  invited,
  seat_free: seatFree,
};

import { button } from '../bot/buttons.ts';
import { type Block, type Control, facts, note, quote, table, text, type View, view } from '../bot/view.ts';
import type { Subject, Subjects } from '../delivery/subjects.ts';
import { activityByNumber } from '../domain/activities.ts';
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
import { formatDate, when } from '../language/dates.ts';
import { formatMoney, formatNumber, formatPercent } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { activityCard, activityControls } from './activity.ts';
import type { Look } from './look.ts';
import { nextPage, placeNote } from './paging.ts';
import { scalePicture } from './pictures.ts';
import { review } from './review.ts';

const spanText = (look: Look, { from, to }: Span): string =>
  `${formatDate(from, look.locale, 'short')} – ${formatDate(to, look.locale, 'short')}`;

const share = (look: Look, { n, of }: { n: number; of: number }): string =>
  of ? `${n}/${of} (${formatPercent(n, of, look.locale)})` : look.m.core.none;

const scoreText = (look: Look, score: number | null): string =>
  score === null
    ? look.m.partnership.notEnough
    : new Intl.NumberFormat(look.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(score);

/** A partner's engagement: every figure with what it is counted of, and where to look it up. */
export async function scoreCard(look: Look, partner: Partner, span: Span, e: Engagement): Promise<View> {
  const { m, locale } = look;
  const comments = await commentsOn(look, partner);
  const w = m.partnership;
  const id = { partner: codeOf('partner', partner.number), from: span.from, to: span.to };
  return view(w.scoreOf({ partner: partner.name, span: spanText(look, span) }), {
    blocks: [
      facts([
        ...PARTS.map(part => [w.parts[part], share(look, e.parts[part])] as const),
        [w.onTime, share(look, e.onTime)],
        [w.activities, w.activitiesText({ joined: e.activities, led: e.led })],
        [w.given, givenText(look, e.given)],
        [
          w.response,
          e.responseHours === null ? null : w.hours({ n: formatNumber(e.responseHours, locale, { decimals: 1 }) }),
        ],
        [w.agreements, e.agreements.map(state => m.agreement.states[state]).join(', ') || m.core.none],
        [w.composite, scoreText(look, composite(e.parts))],
      ]),
      scalePicture(
        look,
        { title: partner.name, about: spanText(look, span), most: 100 },
        PARTS.map(part => {
          const { n, of } = e.parts[part];
          return { name: w.parts[part], value: of ? (n / of) * 100 : null, text: share(look, { n, of }) };
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

/** So many comments of a partner on its own figures are shown, the last ones. */
const COMMENTS = 3;

async function commentsOn(look: Look, partner: Partner): Promise<Block[]> {
  const events = await historyOf(look.db, look.forumId, 'partner', partner.number);
  return events
    .filter(event => event.kind === 'partner.commented')
    .slice(-COMMENTS)
    .map(event => {
      const by = event.name ?? look.m.core.anonymous;
      return quote(String(event.data.text), t`${by}, ${when(event.at, look.zone, look.locale)}`);
    });
}

/** What was given, and of how much that was promised. */
function givenText({ m, locale }: Look, { n, of }: Engagement['given']): string | null {
  if (!n && !of) return null;
  const given = formatMoney(n, locale);
  return of ? m.partnership.givenOf({ given, pledged: formatMoney(of, locale) }) : given;
}

/** How the forum as a whole comes on. */
function progressBlock(look: Look, { goals, green, trust }: Progress): Block | null {
  const w = look.m.partnership;
  const mean = trust && formatNumber(trust.mean, look.locale, { decimals: 1 });
  return facts([
    [w.goals, goals.of ? share(look, goals) : null],
    [w.green, green.of ? share(look, green) : null],
    [w.trust, trust && mean && w.trustText({ mean, n: trust.n })],
  ]);
}

/** All partners for the coordinators, in the order in which they joined: no ranking. */
export async function scoreTable(
  look: Look,
  span: Span,
  page: Page<{ partner: Partner; engagement: Engagement }>,
  progress: Progress,
): Promise<View> {
  const { m } = look;
  const { rows } = page;
  const w = m.partnership;
  return view(w.score({ span: spanText(look, span) }), {
    blocks: [
      rows.length ? null : text(m.partner.empty),
      progressBlock(look, progress),
      table(
        [w.partner, ...PARTS.map(part => w.parts[part]), w.composite],
        rows.map(({ partner, engagement: e }) => [
          partner.name,
          ...PARTS.map(part => (e.parts[part].of ? `${e.parts[part].n}/${e.parts[part].of}` : m.core.none)),
          scoreText(look, composite(e.parts)),
        ]),
        [1, 2, 3, 4, 5],
      ),
      scalePicture(
        look,
        { title: w.composite, about: spanText(look, span), most: 100 },
        rows.map(({ partner, engagement }) => {
          const value = composite(engagement.parts);
          return { name: partner.name, value, text: scoreText(look, value) };
        }),
        true,
      ),
      note(w.tableNote),
      await placeNote(look, page),
    ],
    controls: [nextPage(look, page, 'ye', last => ({ ...span, after: String(last.partner.number) }))],
  });
}

const SCORES = ['score1', 'score2', 'score3', 'score4', 'score5'] as const;

/** One question of the survey with its five answers. */
export function pulseQuestion(look: Look, pulse: Pulse, theme: number, head?: Text): View {
  const w = look.m.partnership;
  const row: Control[] = SCORES.map((name, i) =>
    button(look.m, name, 'yp', { pulse: String(pulse.number), theme: String(theme), score: String(i + 1) }),
  );
  return view(head ?? w.pulseTitle, {
    blocks: [
      text(w.question({ n: theme, of: THEMES.length, question: w.themes[theme as (typeof THEMES)[number]] })),
      note(w.anonymous({ least: LEAST })),
    ],
    controls: [row],
  });
}

/** What a closed survey says. */
export async function pulseResult(look: Look, pulse: Pulse): Promise<View> {
  const w = look.m.partnership;
  const results = await resultsOf(look.db, pulse);
  const n = (value: number) => formatNumber(value, look.locale, { decimals: 1 });
  const name = (theme: number) => w.shortThemes[theme as (typeof THEMES)[number]];
  return view(w.resultTitle, {
    blocks: results.length
      ? [
          scalePicture(
            look,
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

const pulse: Subject = {
  lasting: false,
  async view(look, subject) {
    const open = await openOne(look.db, look.forumId);
    if (open?.number !== Number(subject) || look.to === null) return { suppressed: 'closed' };
    const member = await memberByNumber(look.db, look.forumId, look.to);
    const seat = member && (await actorOf(look.db, member)).seat;
    if (!seat) return { suppressed: 'speaks for nobody' };
    const theme = await nextTheme(look.db, open, { member: look.to, partner: seat.partner });
    return theme === null ? { suppressed: 'answered' } : pulseQuestion(look, open, theme);
  },
};

const result: Subject = {
  lasting: false,
  async view(look, subject) {
    const found = await pulseByNumber(look.db, look.forumId, Number(subject));
    return found?.closedAt ? pulseResult(look, found) : GONE;
  },
};

const tomorrow: Subject = {
  lasting: false,
  anybodyMayRead: true,
  async view(look, subject) {
    const found = await activityByNumber(look.db, look.forumId, Number(subject));
    if (found?.state !== 'planned') return { suppressed: 'not planned any more' };
    const head = look.m.activity.reminder({ date: formatDate(found.date, look.locale) });
    const card = activityCard(look, found, await detailsOf(look.db, found), head);
    return { ...card, controls: [activityControls(look, found)] };
  },
};

/** What is posted about taking part. */
export const partnershipSubjects: Subjects = { pulse, pulse_result: result, review, activity_tomorrow: tomorrow };

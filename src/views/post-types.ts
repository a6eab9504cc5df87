import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes, SendContext } from '../contract/post-type.ts';
import { type Tone, text, type View, view } from '../contract/view.ts';
import { activityByNumber } from '../domain/activities.ts';
import { detailsOf } from '../domain/activity-details.ts';
import { historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { daysOff } from '../domain/days-off.ts';
import { goalByNumber } from '../domain/goals.ts';
import { type Issue, issueSource, OPEN, publicIssue } from '../domain/issues/store.ts';
import { occurrencesOf, seriesByNumber } from '../domain/meetings/series.ts';
import { entryByNumber, fateOf } from '../domain/money/ledger.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { formatDate } from '../language/dates.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import { formatMoney } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { actionSubjects } from './action-subjects.ts';
import { activityCard, activityControls, attendanceControls } from './activity.ts';
import { agreementSubjects } from './agreement.ts';
import { alertOffer } from './alert-offer.ts';
import { announcement, announcementToSend } from './announcement.ts';
import { assessmentSubjects } from './assessment-subjects.ts';
import { budgetNotice } from './budget.ts';
import { activityEvent, seriesEvent } from './calendar-event.ts';
import { coordinatorChange } from './coordinator.ts';
import { copyablePosts } from './copy-button.ts';
import { dutySubjects } from './duties.ts';
import { goalCard } from './goal.ts';
import { issueCard, issueEntry } from './issue.ts';
import { issueReviewSubjects } from './issue-review.ts';
import { linkSubjects } from './links.ts';
import { entryCard } from './money.ts';
import { panel } from './panel.ts';
import { partnerSubjects } from './partner.ts';
import { partnershipSubjects } from './partnership.ts';
import { placeSubjects } from './place.ts';
import { pollSubjects } from './poll-subjects.ts';
import { reportSubjects } from './report-subjects.ts';
import { rulesCard } from './rules.ts';
import { undelivered } from './undelivered.ts';
import { voteSubjects } from './vote-subjects.ts';

const GONE = { suppressed: 'gone' };

const activity: PostType = {
  keptCurrent: true,
  async line(context, subject) {
    const found = await activityByNumber(context.db, context.forumId, Number(subject));
    if (!found) return null;
    const said = t`${codeOf('activity', found.number)} ${found.title}`;
    const isOff = found.state === 'cancelled' || found.state === 'undone';
    return isOff ? t`${said} – ${context.m.activity.states[found.state]}` : said;
  },
  async view(context, subject) {
    const found = await activityByNumber(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    const details = await detailsOf(context.db, found);
    const card = activityCard(context, found, details);
    const asked = attendanceControls(context, found, details);
    return { ...card, controls: [asked, activityControls(context, found), ...card.controls].filter(row => row.length) };
  },
};

/** Tells the person who entered an activity that another one was joined to it. */
const activityJoined: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const [kept, gone] = subject.split(':').map(Number);
    const found = await activityByNumber(context.db, context.forumId, kept!);
    if (!found) return GONE;
    const said = { code: codeOf('activity', kept!), other: codeOf('activity', gone!) };
    const card = activityCard(context, found, await detailsOf(context.db, found), context.m.activity.joined(said));
    return { ...card, controls: [activityControls(context, found), ...card.controls].filter(row => row.length) };
  },
};

/** A planned activity in a server's own calendar. What is done stays there as it was. */
const calendarEntry: PostType = {
  keptCurrent: true,
  async view(context, subject) {
    const found = await activityByNumber(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    if (found.state === 'done') return { suppressed: 'done' };
    return activityEvent(context, found, context.forum.zone);
  },
};

/** A series in a server's own calendar: one entry, moved on as its occurrences are over. */
const seriesEntry: PostType = {
  keptCurrent: true,
  async view(context, subject) {
    const found = await seriesByNumber(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    const occurrences = await occurrencesOf(context.db, found);
    return seriesEvent(context, found, occurrences, context.forum.zone) ?? { suppressed: 'no occurrence' };
  },
};

/** The days off of a year that nobody has decreed or entered. */
const holidaysMissing: PostType = {
  keptCurrent: false,
  async view({ m, db, forumId }, year) {
    if ((await daysOff(db, forumId)).knows(Number(year))) return { suppressed: 'known' };
    return view(m.forum.holidaysMissing({ year }), { tone: 'warning', blocks: [text(m.forum.holidaysMissingHint)] });
  },
};

const entry: PostType = {
  keptCurrent: true,
  async line(context, subject) {
    const found = await entryByNumber(context.db, context.forumId, Number(subject));
    if (!found) return null;
    const { finance } = context.m;
    const { state } = await fateOf(context.db, found);
    // An entry that waits asks a second person to approve it.
    if (state === 'waiting' && !context.standsSince) return null;
    const amount = formatMoney(found.amount, context.locale);
    const said = t`${codeOf('entry', found.number)} ${finance.directions[found.direction]} ${amount}: ${found.purpose}`;
    return state === 'counted' ? said : t`${said} – ${finance.states[state]}`;
  },
  async view(context, subject) {
    const found = await entryByNumber(context.db, context.forumId, Number(subject));
    return found ? entryCard(context, found) : GONE;
  },
};

/** An entry waits for a second person again, since two accounts turned out to be one. */
const entryWaits: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const found = await entryByNumber(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    const code = codeOf('entry', found.number);
    return { ...(await entryCard(context, found, context.m.finance.waitsAgain({ code }))), tone: 'warning' };
  },
};

/** The state of an issue among all states, in every language. */
function stateOf(state: Issue['state']): NonNullable<View['state']> {
  const states = Object.values(catalogue).map(m => m.issue.states);
  return { is: states.map(names => names[state]), of: states.flatMap(names => Object.values(names)) };
}

/** An issue's card, as it stands or with what is to be said of it now, in the tone of that. */
const aboutIssue = (lasting: boolean, head?: (m: Messages, issue: Issue) => Text, tone?: Tone): PostType => ({
  keptCurrent: lasting,
  async view(context, subject) {
    const found = await publicIssue(context.db, context.forumId, Number(subject));
    if (!found) return GONE;
    const card = await issueCard(context, found, head?.(context.m, found));
    if (tone) return { ...card, tone };
    if (!lasting) return card;
    const isOver = !OPEN.includes(found.state);
    const thread = `${codeOf('issue', found.number)} ${found.title}`;
    return { ...card, thread, state: stateOf(found.state), ...(isOver && { isOver }) };
  },
});

/** A change of an issue, below its card. */
const issueStep: PostType = {
  keptCurrent: false,
  threadOf: subject => ({ kind: 'issue', subject: subject.split(':')[0] ?? '' }),
  async view(context, subject) {
    const [number, seq] = subject.split(':').map(Number);
    const found = await publicIssue(context.db, context.forumId, number ?? 0);
    const events = found ? await historyOf(context.db, context.forumId, 'issue', found.number) : [];
    const event = events.find(one => one.seq === seq);
    return event ? issueEntry(context, event) : GONE;
  },
};

/** An issue as far as the person who is written to may see it. */
async function issueFor(context: SendContext, number: number): Promise<Issue | null> {
  const member = context.to === null ? null : await memberByNumber(context.db, context.forumId, context.to);
  return member && issueSource.byNumber({ ...context, actor: await actorOf(context.db, member) }, number);
}

/** A private issue goes to its mediators alone; one who is none any more gets nothing. */
const privateIssue: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const found = await issueFor(context, Number(subject));
    return found ? issueCard(context, found) : GONE;
  },
};

/** Says below the message of which an issue was made where it went. The subject ends in that message's name. */
const issueSourced: PostType = {
  keptCurrent: false,
  answers: subject => subject.slice(subject.indexOf(':') + 1),
  async view(context, subject) {
    const found = await publicIssue(context.db, context.forumId, Number(subject.split(':')[0]));
    if (!found) return GONE;
    const issue = codeOf('issue', found.number);
    return view(context.m.issue.madeOfThis({ code: issue, title: found.title }), {
      tone: 'good',
      controls: [[button(context.m, 'showIssue', 'is', { issue })]],
    });
  },
};

/** The day of an issue has come near: told to the person who is responsible. */
const issueDue: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const number = Number(subject);
    const found =
      context.to === null ? await publicIssue(context.db, context.forumId, number) : await issueFor(context, number);
    if (!found?.due) return GONE;
    if (!OPEN.includes(found.state)) return { suppressed: 'resolved' };
    const said = { code: codeOf('issue', found.number), date: formatDate(found.due, context.locale) };
    return { ...(await issueCard(context, found, context.m.issue.dueTitle(said))), tone: 'warning' };
  },
};

/** The day of a goal has come near: told to the coordinators. */
const goalDue: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const found = await goalByNumber(context.db, context.forumId, Number(subject));
    if (!found?.due) return GONE;
    if (found.closedAt) return { suppressed: 'closed' };
    const said = { code: codeOf('goal', found.number), date: formatDate(found.due, context.locale) };
    return { ...(await goalCard(context, found, context.m.goal.dueTitle(said))), tone: 'warning' };
  },
};

/** The forum's rules of decision were changed: the whole forum is told, and by whom. */
const rulesChanged: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const by = await memberByNumber(context.db, context.forumId, Number(subject));
    return rulesCard(
      context,
      context.forum.settings,
      context.m.forum.rulesChanged({ by: by?.name ?? context.m.core.somebody }),
    );
  },
};

/** Everything that is ever posted, by the kind of its topic. */
export const postTypes: PostTypes = copyablePosts({
  holidays_missing: holidaysMissing,
  activity,
  activity_joined: activityJoined,
  activity_event: calendarEntry,
  series_event: seriesEntry,
  announcement,
  announcement_draft: announcementToSend,
  alert_offer: alertOffer,
  panel,
  budget: budgetNotice,
  coordinator: coordinatorChange,
  entry,
  entry_waits_again: entryWaits,
  issue: aboutIssue(true),
  goal_due: goalDue,
  issue_due: issueDue,
  issue_entry: issueStep,
  issue_assigned: aboutIssue(false, (m, one) => m.issue.assignedTitle({ code: codeOf('issue', one.number) }), 'plain'),
  issue_escalated: aboutIssue(
    false,
    (m, one) => m.issue.escalationTitle({ code: codeOf('issue', one.number) }),
    'warning',
  ),
  issue_private: privateIssue,
  issue_source: issueSourced,
  rules: rulesChanged,
  undelivered,
  ...linkSubjects,
  ...agreementSubjects,
  ...actionSubjects,
  ...issueReviewSubjects,
  ...dutySubjects,
  ...partnerSubjects,
  ...partnershipSubjects,
  ...placeSubjects,
  ...voteSubjects,
  ...pollSubjects,
  ...assessmentSubjects,
  ...reportSubjects,
});

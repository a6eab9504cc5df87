import { type Tone, text, view } from '../bot/view.ts';
import type { Sending, Subject, Subjects } from '../delivery/subjects.ts';
import { activityByNumber } from '../domain/activities.ts';
import { detailsOf } from '../domain/activity-details.ts';
import { historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { daysOff } from '../domain/days-off.ts';
import { goalByNumber } from '../domain/goals.ts';
import { type Issue, issueSource, OPEN, publicIssue } from '../domain/issues/store.ts';
import { entryByNumber } from '../domain/money/ledger.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { formatDate } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import { activityCard, activityControls, activityEvent, attendanceControls } from './activity.ts';
import { agreementSubjects } from './agreement.ts';
import { announcement, announcementToSend } from './announcement.ts';
import { budgetNotice } from './budget.ts';
import { coordinatorChange } from './coordinator.ts';
import { dutySubjects } from './duties.ts';
import { goalCard } from './goal.ts';
import { issueCard, issueEntry } from './issue.ts';
import { linkSubjects } from './links.ts';
import { entryCard } from './money.ts';
import { partnerSubjects } from './partner.ts';
import { partnershipSubjects } from './partnership.ts';
import { placeSubjects } from './place.ts';
import { reportSubjects } from './report-subjects.ts';
import { rulesCard } from './rules.ts';
import { undelivered } from './undelivered.ts';
import { voteSubjects } from './vote-subjects.ts';

const GONE = { suppressed: 'gone' };

const activity: Subject = {
  lasting: true,
  async view(look, subject) {
    const found = await activityByNumber(look.db, look.forumId, Number(subject));
    if (!found) return GONE;
    const details = await detailsOf(look.db, found);
    const card = activityCard(look, found, details);
    const asked = attendanceControls(look, found, details);
    return { ...card, controls: [asked, activityControls(look, found)].filter(row => row.length) };
  },
};

/** A planned activity in a server's own calendar. What is done stays there as it was. */
const calendarEntry: Subject = {
  lasting: true,
  async view(look, subject) {
    const found = await activityByNumber(look.db, look.forumId, Number(subject));
    if (!found) return GONE;
    if (found.state === 'done') return { suppressed: 'done' };
    return activityEvent(look, found, look.forum.zone);
  },
};

/** The days off of a year that nobody has decreed or entered. */
const holidaysMissing: Subject = {
  lasting: false,
  async view({ m, db, forumId }, year) {
    if ((await daysOff(db, forumId)).knows(Number(year))) return { suppressed: 'known' };
    return view(m.forum.holidaysMissing({ year }), { tone: 'warning', blocks: [text(m.forum.holidaysMissingHint)] });
  },
};

const entry: Subject = {
  lasting: true,
  async view(look, subject) {
    const found = await entryByNumber(look.db, look.forumId, Number(subject));
    return found ? entryCard(look, found) : GONE;
  },
};

/** An issue's card, as it stands or with what is to be said of it now, in the tone of that. */
/** An entry waits for a second person again, since two accounts turned out to be one. */
const entryWaits: Subject = {
  lasting: false,
  async view(look, subject) {
    const found = await entryByNumber(look.db, look.forumId, Number(subject));
    if (!found) return GONE;
    const code = codeOf('entry', found.number);
    return { ...(await entryCard(look, found, look.m.finance.waitsAgain({ code }))), tone: 'warning' };
  },
};

const aboutIssue = (lasting: boolean, head?: (m: Messages, issue: Issue) => Text, tone?: Tone): Subject => ({
  lasting,
  async view(look, subject) {
    const found = await publicIssue(look.db, look.forumId, Number(subject));
    if (!found) return GONE;
    const card = await issueCard(look, found, head?.(look.m, found));
    if (tone) return { ...card, tone };
    if (!lasting) return card;
    const isOver = !OPEN.includes(found.state);
    return { ...card, thread: `${codeOf('issue', found.number)} ${found.title}`, ...(isOver && { isOver }) };
  },
});

/** A change of an issue, below its card. */
const issueStep: Subject = {
  lasting: false,
  within: subject => ({ kind: 'issue', subject: subject.split(':')[0] ?? '' }),
  async view(look, subject) {
    const [number, seq] = subject.split(':').map(Number);
    const found = await publicIssue(look.db, look.forumId, number ?? 0);
    const events = found ? await historyOf(look.db, look.forumId, 'issue', found.number) : [];
    const event = events.find(one => one.seq === seq);
    return event ? issueEntry(look, event) : GONE;
  },
};

/** An issue as far as the person who is written to may see it. */
async function issueFor(look: Sending, number: number): Promise<Issue | null> {
  const member = look.to === null ? null : await memberByNumber(look.db, look.forumId, look.to);
  return member && issueSource.byNumber({ ...look, actor: await actorOf(look.db, member) }, number);
}

/** A private issue goes to its mediators alone; whoever is none any more gets nothing. */
const privateIssue: Subject = {
  lasting: false,
  async view(look, subject) {
    const found = await issueFor(look, Number(subject));
    return found ? issueCard(look, found) : GONE;
  },
};

/** The day of an issue has come near: told to whoever is responsible. */
const issueDue: Subject = {
  lasting: false,
  async view(look, subject) {
    const number = Number(subject);
    const found = look.to === null ? await publicIssue(look.db, look.forumId, number) : await issueFor(look, number);
    if (!found?.due) return GONE;
    if (!OPEN.includes(found.state)) return { suppressed: 'resolved' };
    const said = { code: codeOf('issue', found.number), date: formatDate(found.due, look.locale) };
    return { ...(await issueCard(look, found, look.m.issue.dueTitle(said))), tone: 'warning' };
  },
};

/** The day of a goal has come near: told to the coordinators. */
const goalDue: Subject = {
  lasting: false,
  async view(look, subject) {
    const found = await goalByNumber(look.db, look.forumId, Number(subject));
    if (!found?.due) return GONE;
    if (found.closedAt) return { suppressed: 'closed' };
    const said = { code: codeOf('goal', found.number), date: formatDate(found.due, look.locale) };
    return { ...(await goalCard(look, found, look.m.goal.dueTitle(said))), tone: 'warning' };
  },
};

/** The forum's rules of decision were changed: the whole forum is told, and by whom. */
const rulesChanged: Subject = {
  lasting: false,
  async view(look, subject) {
    const by = await memberByNumber(look.db, look.forumId, Number(subject));
    return rulesCard(look, look.forum.settings, look.m.forum.rulesChanged({ by: by?.name ?? look.m.core.somebody }));
  },
};

/** Everything that is ever posted, by the kind of its topic. */
export const subjects: Subjects = {
  holidays_missing: holidaysMissing,
  activity,
  activity_event: calendarEntry,
  announcement,
  announcement_draft: announcementToSend,
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
  rules: rulesChanged,
  undelivered,
  ...linkSubjects,
  ...agreementSubjects,
  ...dutySubjects,
  ...partnerSubjects,
  ...partnershipSubjects,
  ...placeSubjects,
  ...voteSubjects,
  ...reportSubjects,
};

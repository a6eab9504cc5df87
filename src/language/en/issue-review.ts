import type { Messages } from '../id/index.ts';
import { code, t } from '../text.ts';

const theIssue = { name: 'issue', help: 'The issue that is reviewed' };

export const issueReview: Messages['issueReview'] = {
  command: {
    review: {
      name: 'review',
      summary: 'Review how an issue was handled: timeline, four questions, lessons',
      example: 'I-7',
      options: { issue: theIssue },
    },
    event: {
      name: 'review-event',
      summary: 'Review how an early warning, a response or a drill went',
      example: 'activity:K-4',
      options: {
        announcement: { name: 'announcement', help: 'The number of the warning' },
        activity: { name: 'activity', help: 'The response or drill that is reviewed' },
      },
    },
    answer: {
      name: 'answer-review',
      summary: 'Answer the four questions of a review',
      example: 'I-7',
      options: {
        issue: theIssue,
        expected: { name: 'expected', help: 'What was supposed to happen' },
        happened: { name: 'happened', help: 'What did happen' },
        why: { name: 'why', help: 'Why was it different, or why did it go well' },
        next: { name: 'next', help: 'What is kept, and what is changed' },
      },
    },
  },
  title: s => t`Review of ${s.code} ${s.title}`,
  timeline: t`What happened, from the record`,
  warned: s => t`${s.at} · early warning: ${s.text}`,
  seen: s =>
    s.minutes === null
      ? `seen by ${s.n} of ${s.of} people`
      : `seen by ${s.n} of ${s.of} people within ${s.minutes} min`,
  activity: s => t`${s.date} · ${s.code} ${s.title}`,
  answers: t`Answers`,
  questions: { expected: 'Expected', happened: 'Happened', why: 'Why', next: 'Next time' },
  newest: s =>
    t`These are the newest ${String(s.n)} issues around it. For an older one: ${code('/issue review CODE')}.`,
  which: t`Which issue is reviewed?`,
  noIssueTitle: t`There is no issue to review yet`,
  noIssue: t`A review is of an issue: its timeline has the warnings and activities from a day before the issue was raised. Please raise the issue first.`,
  asked: s => t`The questions went to ${String(s.n)} people`,
  please: s => t`Please answer four short questions about ${s.code}`,
  noted: t`Your answers are recorded`,
  lessons: t`Lessons that became actions`,
  hint: t`Lessons are recorded as actions, or proposed as changes of the strategy.`,
  notInvolved: t`This review is answered by those who were involved.`,
  whoAsks: t`A review is opened by coordinators, whoever handles the issue, or its mediators.`,
};

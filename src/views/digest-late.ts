import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { list, text } from '../contract/view.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { withoutAttendance } from '../domain/engagement/attendance.ts';
import { lateGoals } from '../domain/goals.ts';
import { lateIssues } from '../domain/issues/store.ts';
import { formatDate } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { LISTED, NOTHING, type Section, see } from './digest-section.ts';

/** Number of days after an activity in which the digest asks who came; the tasks of coordinators go on asking. */
const ASKED_DAYS = 35;

/** Activities done of late of which nobody has written down who came: until then nobody is judged by them. */
export async function attendanceSection(context: RenderContext): Promise<Section> {
  const from = addDays(dateIn(context.now, context.zone), -ASKED_DAYS);
  const unnoted = await withoutAttendance(context.db, context.forumId, { partner: null, limit: LISTED, from });
  const [first] = unnoted;
  if (!first) return NOTHING;
  const activity = codeOf('activity', first.number);
  const note = button(context.m, 'noteAttendance', 'kh', { activity });
  return {
    blocks: [
      text(context.m.me.tasks.attendance),
      list(unnoted.map(one => t`${codeOf('activity', one.number)} ${one.title}`)),
    ],
    next: [{ ...note, label: `${note.label}: ${activity}` }],
  };
}

/** Issues and goals whose day has passed while they are still open. */
export async function lateSection(context: RenderContext): Promise<Section> {
  const w = context.m.digest;
  const today = dateIn(context.now, context.zone);
  const issues = await lateIssues(context.db, context.forumId, today, LISTED);
  const goals = await lateGoals(context.db, context.forumId, today, LISTED);
  if (!issues.length && !goals.length) return NOTHING;
  const line = (code: string, { title, due }: { title: string; due: string | null }): Text =>
    w.lateLine({ code, title, date: formatDate(due ?? today, context.locale, 'short') });
  const lines = [
    ...issues.map(one => line(codeOf('issue', one.number), one)),
    ...goals.map(one => line(codeOf('goal', one.number), one)),
  ];
  const [issue, goal] = [issues[0] && codeOf('issue', issues[0].number), goals[0] && codeOf('goal', goals[0].number)];
  return {
    blocks: [text(w.late), list(lines)],
    next: [
      ...(issue ? [see(context, issue, 'is', { issue })] : []),
      ...(goal ? [see(context, goal, 'gs', { goal })] : []),
    ],
  };
}

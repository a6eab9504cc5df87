import { list, text } from '../bot/view.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { lateGoals } from '../domain/goals.ts';
import { lateIssues } from '../domain/issues/store.ts';
import { formatDate } from '../language/dates.ts';
import type { Text } from '../language/text.ts';
import { LISTED, NOTHING, type Section, see } from './digest-section.ts';
import type { Look } from './look.ts';

/** Issues and goals whose day has passed while they are still open. */
export async function lateSection(look: Look): Promise<Section> {
  const w = look.m.digest;
  const today = dateIn(look.now, look.zone);
  const issues = await lateIssues(look.db, look.forumId, today, LISTED);
  const goals = await lateGoals(look.db, look.forumId, today, LISTED);
  if (!issues.length && !goals.length) return NOTHING;
  const line = (code: string, { title, due }: { title: string; due: string | null }): Text =>
    w.lateLine({ code, title, date: formatDate(due ?? today, look.locale, 'short') });
  const lines = [
    ...issues.map(one => line(codeOf('issue', one.number), one)),
    ...goals.map(one => line(codeOf('goal', one.number), one)),
  ];
  const [issue, goal] = [issues[0] && codeOf('issue', issues[0].number), goals[0] && codeOf('goal', goals[0].number)];
  return {
    blocks: [text(w.late), list(lines)],
    next: [...(issue ? [see(look, issue, 'is', { issue })] : []), ...(goal ? [see(look, goal, 'gs', { goal })] : [])],
  };
}

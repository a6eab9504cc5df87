import { and, eq, gt, gte } from 'drizzle-orm';
import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes } from '../contract/post-type.ts';
import { list, note, view } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { comparedSince, differing } from '../domain/indicators/drafts.ts';
import { recordOf } from '../domain/indicators/record.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { namesOf } from '../domain/partners.ts';
import { putOff } from '../domain/reminders.ts';
import { digestView } from './digest.ts';
import { dueCard, owedLine, owedNow } from './due.ts';
import { againButtons, againLine } from './fill.ts';
import { figuresRestated } from './restated.ts';
import { saidSince } from './said-since.ts';

const GONE = { suppressed: 'gone' };

/** All that one person owes now; what was reported, put off or handed over meanwhile is left out. */
const due: PostType = {
  keptCurrent: false,
  follows: true,
  isPublic: true,
  async view(context) {
    const member = context.to;
    if (member === null) return GONE;
    const w = context.m.indicator;
    const { standsSince } = context;
    if (standsSince && (await saidSince(context, 'reports_due', member, gt, standsSince)))
      return { last: view(w.remindedAgain, { blocks: [note(w.remindedBelow)] }) };
    if (!standsSince && (await saidSince(context, 'reports_due', member, gte, context.due)))
      return { suppressed: 'said in a message sent meanwhile' };
    const off = await putOff(context.db, context.forumId, member, context.now);
    const mine = (await owedNow(context)).filter(
      one =>
        one.members.includes(member) &&
        !off.some(
          out => out.indicator === 0 || (out.indicator === one.indicator.number && out.period === one.period.key),
        ),
    );
    if (mine.length) return dueCard(context, mine, w.reminder({ n: mine.length }), { isReminder: true });
    if (!standsSince) return { suppressed: 'nothing is owed, or it was put off' };
    // Reports that were put off come back by a reminder of their own.
    return { last: view(w.reminderDone, { tone: 'good' }) };
  },
};

/** Maximum number of overdue reports that are listed; the rest is counted. */
const LISTED = 15;

/**
 * All reports that are long overdue, in one message: told to the coordinators, and in public where a forum wants it.
 */
const overdue: PostType = {
  keptCurrent: false,
  async view(context) {
    const late = (await owedNow(context)).filter(one => one.state === 'overdue');
    if (!late.length) return { suppressed: 'reported' };
    const w = context.m.indicator;
    const lines = late.slice(0, LISTED).map(one => owedLine(context, one, true));
    const more = late.length - LISTED;
    return view(w.overdueTitle({ n: late.length }), {
      tone: 'warning',
      blocks: [list(more > 0 ? [...lines, w.overdueMore({ n: more })] : lines)],
      controls: [[button(context.m, 'dueList', 'nd')]],
    });
  },
};

/** The record says something else than a report that was made from it: told to those who reported it. */
const again: PostType = {
  keptCurrent: false,
  follows: true,
  async view(context, subject) {
    const [number, period = '', partner] = subject.split(':');
    const indicator = await indicatorByNumber(context.db, context.forumId, Number(number));
    if (!indicator) return GONE;
    const record = await recordOf(context.db, indicator);
    const all = await differing(context.db, context.forumId, [record], comparedSince(context.now, record.zone));
    const one = all.find(found => found.period.key === period && found.partner === Number(partner));
    if (!one) return { suppressed: 'the report is as the record' };
    const said = { code: codeOf('indicator', indicator.number), period };
    return view(context.m.fill.againTitle(said), {
      tone: 'warning',
      blocks: [list([againLine(context, one, await namesOf(context.db, context.forumId))])],
      controls: [againButtons(context, one)],
    });
  },
};

const returned: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const [number, period = '', seq] = subject.split(':');
    const { reports } = context.db.tables;
    const indicator = await indicatorByNumber(context.db, context.forumId, Number(number));
    const rows = await context.db
      .select()
      .from(reports)
      .where(and(eq(reports.forumId, context.forumId), eq(reports.seq, Number(seq))));
    if (!indicator || rows[0]?.state !== 'returned') return GONE;
    const w = context.m.indicator;
    return view(w.returnedTitle({ code: codeOf('indicator', indicator.number), period }), {
      tone: 'warning',
      blocks: [list([`${w.reason}: ${rows[0].returnReason ?? ''}`])],
    });
  },
};

const digest: PostType = {
  keptCurrent: false,
  tellsOfMessages: true,
  async view(context, subject) {
    const [from = '', to = ''] = subject.split('/');
    const made = await digestView(context, context.forum, new Date(from), new Date(to));
    return made.empty && !context.forum.settings.emptyDigest ? { suppressed: 'empty' } : made.view;
  },
};

/** Post types about reports and digests. */
export const reportSubjects: PostTypes = {
  reports_due: due,
  reports_overdue: overdue,
  // Versions before told of each report by itself; what still waits is told once.
  report_overdue: overdue,
  report_returned: returned,
  report_again: again,
  figures_restated: figuresRestated,
  digest,
};

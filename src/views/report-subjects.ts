import { and, eq, gte } from 'drizzle-orm';
import { list, text, view } from '../bot/view.ts';
import type { Sending, Subject, Subjects } from '../delivery/subjects.ts';
import { codeOf } from '../domain/codes.ts';
import { periodOfKey } from '../domain/indicators/periods.ts';
import { recordOf } from '../domain/indicators/record.ts';
import { indicatorByNumber } from '../domain/indicators/store.ts';
import { namesOf } from '../domain/partners.ts';
import { putOff } from '../domain/reminders.ts';
import { owing } from '../schedule/reports.ts';
import { digestView } from './digest.ts';
import { dueCard, owedNow } from './due.ts';

const GONE = { suppressed: 'gone' };

/** All that one person owes now; what was reported, put off or handed over meanwhile is left out. */
const due: Subject = {
  lasting: false,
  anybodyMayRead: true,
  async view(look) {
    const member = look.to;
    if (member === null) return GONE;
    if (await saidSince(look, member)) return { suppressed: 'said in a message sent meanwhile' };
    const off = await putOff(look.db, look.forumId, member, look.now);
    const mine = (await owedNow(look)).filter(
      one =>
        one.members.includes(member) &&
        !off.some(
          out => out.indicator === 0 || (out.indicator === one.indicator.number && out.period === one.period.key),
        ),
    );
    if (!mine.length) return { suppressed: 'nothing is owed, or it was put off' };
    return dueCard(look, mine, look.m.indicator.reminder({ n: mine.length }));
  },
};

/**
 * Whether the person was sent all that they owe since this was due: after an outage, or when quiet hours end, several
 * reminders come at one time and are one message.
 */
async function saidSince({ db, forumId, due: since }: Sending, member: number): Promise<boolean> {
  const { deliveries: d } = db.tables;
  const mine = and(eq(d.forumId, forumId), eq(d.member, member), eq(d.topic, 'reports_due'));
  const [sent] = await db
    .select({ seq: d.seq })
    .from(d)
    .where(and(mine, eq(d.state, 'sent'), gte(d.doneAt, since)))
    .limit(1);
  return sent !== undefined;
}

/** A report that is long overdue, told to the coordinators and, without naming persons, to the forum. */
const overdue: Subject = {
  lasting: false,
  async view(look, subject) {
    const [number, key = ''] = subject.split(':');
    const indicator = await indicatorByNumber(look.db, look.forumId, Number(number));
    const period = periodOfKey(key);
    if (!indicator || !period) return GONE;
    const open = owing(await recordOf(look.db, indicator), period);
    if (!open.length) return { suppressed: 'reported' };
    const known = await namesOf(look.db, look.forumId);
    const w = look.m.indicator;
    const names = open.map(one => known.get(one) ?? w.wholeForum);
    return view(w.overdueTitle({ code: codeOf('indicator', indicator.number), period: key }), {
      tone: 'warning',
      blocks: [text(indicator.name), text(w.overdueBy({ names: names.join(', ') }))],
    });
  },
};

const returned: Subject = {
  lasting: false,
  async view(look, subject) {
    const [number, period = '', seq] = subject.split(':');
    const { reports } = look.db.tables;
    const indicator = await indicatorByNumber(look.db, look.forumId, Number(number));
    const rows = await look.db
      .select()
      .from(reports)
      .where(and(eq(reports.forumId, look.forumId), eq(reports.seq, Number(seq))));
    if (!indicator || rows[0]?.state !== 'returned') return GONE;
    const w = look.m.indicator;
    return view(w.returnedTitle({ code: codeOf('indicator', indicator.number), period }), {
      tone: 'warning',
      blocks: [list([`${w.reason}: ${rows[0].returnReason ?? ''}`])],
    });
  },
};

const digest: Subject = {
  lasting: false,
  async view(look, subject) {
    const [from = '', to = ''] = subject.split('/');
    const made = await digestView(look, look.forum, new Date(from), new Date(to));
    return made.empty && !look.forum.settings.emptyDigest ? { suppressed: 'empty' } : made.view;
  },
};

/** What is posted about reports and digests. */
export const reportSubjects: Subjects = {
  reports_due: due,
  report_overdue: overdue,
  report_returned: returned,
  digest,
};

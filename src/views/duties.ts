import type { PostType, PostTypes } from '../contract/post-type.ts';
import { list, text, view } from '../contract/view.ts';
import { historyOf } from '../domain/audit.ts';
import { codeOf } from '../domain/codes.ts';
import { type Duties, dutiesOf, type Passed } from '../domain/duties.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { memberByNumber } from '../domain/people.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';

/** Duties by their codes, a line a kind. */
function dutyLines({ partner: w }: Messages, duties: Pick<Duties, 'indicators' | 'issues'> & Partial<Duties>): Text[] {
  const { indicators, issues, actions = [] } = duties;
  const codes = (all: readonly string[]): string => [...new Set(all)].join(', ');
  return [
    ...(indicators.length ? [w.dutyReports({ codes: codes(indicators.map(n => codeOf('indicator', n))) })] : []),
    ...(issues.length ? [w.dutyIssues({ codes: codes(issues.map(n => codeOf('issue', n))) })] : []),
    ...(actions.length ? [w.dutyActions({ codes: codes(actions.map(n => codeOf('action', n))) })] : []),
  ];
}

/** Tells that duties passed on with a seat: to the person who had them and the one who has them now. */
const dutiesPassed: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }, subject) {
    const [number, seq] = subject.split(':').map(Number);
    const partner = await partnerByNumber(db, forumId, number ?? 0);
    const event = (await historyOf(db, forumId, 'partner', number ?? 0)).find(one => one.seq === seq);
    if (!partner || !event) return { suppressed: 'gone' };
    const passed = event.data as unknown as Passed;
    const from = await memberByNumber(db, forumId, passed.member);
    const to = passed.to === null ? null : await memberByNumber(db, forumId, passed.to);
    const said = { from: from?.name ?? m.core.somebody, partner: partner.name };
    const w = m.partner;
    return view(to ? w.dutiesPassed({ ...said, to: to.name }) : w.dutiesLeft(said), {
      tone: 'warning',
      blocks: [list(dutyLines(m, passed))],
    });
  },
};

/** Lists duties of an archived partner, for the coordinators to give to somebody. */
const dutiesOfArchived: PostType = {
  keptCurrent: false,
  async view({ db, forumId, m }, subject) {
    const partner = await partnerByNumber(db, forumId, Number(subject));
    if (!partner?.archivedAt) return { suppressed: 'takes part again' };
    const lines = dutyLines(m, await dutiesOf(db, forumId, partner.number));
    if (!lines.length) return { suppressed: 'nothing is left to do' };
    return view(m.partner.dutiesOfArchived({ partner: partner.name }), {
      tone: 'warning',
      blocks: [list(lines), text(m.partner.dutiesHint)],
    });
  },
};

/** Post types about duties that pass on. */
export const dutySubjects: PostTypes = { duties_passed: dutiesPassed, partner_duties: dutiesOfArchived };

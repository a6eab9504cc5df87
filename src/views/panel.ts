import { button } from '../contract/buttons.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, list, note, text, view } from '../contract/view.ts';
import { listActivities } from '../domain/activities.ts';
import { codeOf } from '../domain/codes.ts';
import { OPEN, publicIssues } from '../domain/issues/store.ts';
import { listStrategies } from '../domain/strategies/store.ts';
import { localDate, when } from '../language/dates.ts';
import { formatSlot } from '../language/slots.ts';
import { type Text, t } from '../language/text.ts';
import { owedNow } from './due.ts';

/** Maximum number of things of a kind that are named; the rest are counted. */
const NAMED = 5;
/** Maximum number of things of a kind that are looked through. */
const LOOKED = 100;

/** The usual acts as buttons, and what is open now: an ordinary message that people pin. Nothing in it is private. */
export const panel: PostType = {
  keptCurrent: true,
  async view(context) {
    const w = context.m.panel;
    const sections = [
      section(context, w.votes, await openVotes(context)),
      section(context, w.issues, await openIssues(context)),
      section(context, w.activities, await comingActivities(context)),
    ].flat();
    const owed = (await owedNow(context)).filter(one => one.state !== 'due').length;
    return view(w.title({ forum: context.forum.name }), {
      blocks: [
        text(w.hint),
        ...(sections.length ? sections : [text(w.nothing)]),
        owed ? note(w.late({ n: owed })) : null,
      ],
      controls: [acts(context)],
    });
  },
};

const acts = ({ m }: RenderContext): Control[] => [
  button(m, 'myTasks', 'mw', {}, 'primary'),
  button(m, 'logActivity', 'kl'),
  button(m, 'raiseIssue', 'ir'),
  button(m, 'reportValue', 'nd'),
  button(m, 'help', 'hlp'),
];

function section({ m }: RenderContext, title: string, items: readonly Text[]): (Block | null)[] {
  if (!items.length) return [];
  const rest = items.length > NAMED ? [m.panel.more({ n: items.length - NAMED })] : [];
  return [text(title), list([...items.slice(0, NAMED), ...rest])];
}

/** Votes that run, the first to close before the others. */
async function openVotes(context: RenderContext): Promise<Text[]> {
  const { db, forumId, now, zone, locale } = context;
  const { rows } = await listStrategies(db, forumId, { undecided: true }, LOOKED);
  return rows
    .filter(row => row.openedAt && row.closesAt > now)
    .sort((a, b) => a.closesAt.getTime() - b.closesAt.getTime())
    .map(row => t`${codeOf('strategy', row.number)} ${row.title} (${[when(row.closesAt, zone, locale)]})`);
}

const SEVERITY = ['critical', 'high', 'undetermined', 'medium', 'low'] as const;

/** Open issues that everybody may see, the gravest before the others. */
async function openIssues({ db, forumId, m }: RenderContext): Promise<Text[]> {
  const { rows } = await publicIssues(db, forumId, { states: OPEN }, LOOKED);
  return rows
    .sort((a, b) => SEVERITY.indexOf(a.severity) - SEVERITY.indexOf(b.severity) || a.number - b.number)
    .map(row => t`${codeOf('issue', row.number)} ${row.title} (${m.issue.states[row.state]})`);
}

/** Activities that are planned from today on, the next before the others. */
async function comingActivities({ db, forumId, now, zone, locale }: RenderContext): Promise<Text[]> {
  const { rows } = await listActivities(db, forumId, { from: localDate(now, zone) }, LOOKED);
  return rows
    .filter(row => row.state === 'planned')
    .sort((a, b) => (a.date === b.date ? a.number - b.number : a.date < b.date ? -1 : 1))
    .map(row => t`${codeOf('activity', row.number)} ${row.title} (${formatSlot(row, locale)})`);
}

import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Control, facts, list, note, type Tone, table, text, type View, view } from '../contract/view.ts';
import { activityByNumber } from '../domain/activities.ts';
import { codeOf } from '../domain/codes.ts';
import { evidenceOf, filesAmong } from '../domain/evidence.ts';
import { type Entry, type EntryState, fateOf } from '../domain/money/ledger.ts';
import type { Page } from '../domain/page.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { memberByNumber } from '../domain/people.ts';
import { moneyInWords } from '../language/amount-words.ts';
import { formatDate, when } from '../language/dates.ts';
import { formatMoney } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { fileControls, proofText } from './evidence.ts';
import { nextPage, placeNote } from './paging.ts';

const TONE: Readonly<Record<EntryState, Tone>> = { counted: 'good', waiting: 'warning', reversed: 'bad' };

/** One ledger entry with all that is known of it; `head` says what just happened to it. */
export async function entryCard(context: RenderContext, entry: Entry, head?: Text): Promise<View> {
  const { m, locale, db, forumId } = context;
  const w = m.finance;
  const { state, approval, reversal } = await fateOf(db, entry);
  const partner = entry.partner === null ? null : await partnerByNumber(db, forumId, entry.partner);
  const activity = entry.activity === null ? null : await activityByNumber(db, forumId, entry.activity);
  const recorder = await memberByNumber(db, forumId, entry.recordedBy);
  const approver = approval && (await memberByNumber(db, forumId, approval.member));
  const evidence = await evidenceOf(db, forumId, 'entry', entry.number);
  const code = codeOf('entry', entry.number);
  const titled = t`${code} ${entry.purpose}`;
  const isOpen = state !== 'reversed' && entry.reverses === null;
  const controls: Control[] = [
    ...(state === 'waiting' ? [button(m, 'approve', 'ua', { entry: code }, 'primary')] : []),
    ...(isOpen && !evidence.length ? [button(m, 'addEvidence', 'ue', { entry: code })] : []),
  ];
  return view(head ?? titled, {
    tone: TONE[state],
    blocks: [
      head ? text(titled) : null,
      facts([
        [w.directions[entry.direction], formatMoney(entry.amount, locale)],
        [w.inWords, moneyInWords(entry.amount, locale)],
        [w.state, w.states[state]],
        [w.category, entry.category],
        [w.date, formatDate(entry.date, locale)],
        [w.partner, partner?.name],
        [w.activity, activity && t`${codeOf('activity', activity.number)} ${activity.title}`],
        [w.takesBack, entry.reverses === null ? null : codeOf('entry', entry.reverses)],
        [w.reason, entry.reason],
        [w.takenBack, reversal && w.takenBackBy({ code: codeOf('entry', reversal.number), reason: reversal.reason! })],
        [w.by, recorder && t`${recorder.name}, ${when(entry.recordedAt, context.zone, locale)}`],
        [w.approvedBy, approver && approval && t`${approver.name}, ${when(approval.at, context.zone, locale)}`],
      ]),
      list(evidence.map(one => t`${w.receipt}: ${proofText(context, one.content, one.file)}`)),
      isOpen && !evidence.length ? note(w.noReceipt) : null,
    ],
    controls: [controls, fileControls(context, code, filesAmong(evidence))],
  });
}

/** A page of the ledger. */
export async function entryList(context: RenderContext, page: Page<Entry>): Promise<View> {
  const { m, locale } = context;
  const { rows } = page;
  const w = m.finance;
  const states: EntryState[] = [];
  for (const row of rows) states.push((await fateOf(context.db, row)).state);
  return view(w.list, {
    blocks: [
      rows.length ? null : text(w.empty),
      table(
        [w.code, w.date, w.purpose, w.directions.in, w.directions.out],
        rows.map((row, i) => [
          codeOf('entry', row.number),
          formatDate(row.date, locale, 'short'),
          states[i] === 'counted' ? row.purpose : t`${row.purpose} (${w.states[states[i]!]})`,
          row.direction === 'in' ? formatMoney(row.amount, locale) : '',
          row.direction === 'out' ? formatMoney(row.amount, locale) : '',
        ]),
        [3, 4],
      ),
      await placeNote(context, page),
    ],
    controls: [nextPage(context, page, 'ul', last => ({ before: codeOf('entry', last.number) }))],
  });
}

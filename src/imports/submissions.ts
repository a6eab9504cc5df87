import { grouped } from '../domain/grouped.ts';
import { groupHeadings, isKnownGroup } from '../domain/groups/dimensions.ts';
import { FIELDS, formIn, groupField } from '../domain/indicators/field-form.ts';
import { decimalOf, exact } from '../domain/indicators/fraction.ts';
import { type IndicatorRecord, recordsOf } from '../domain/indicators/record.ts';
import { SHARE_DECIMALS, shareOf } from '../domain/indicators/share.ts';
import { addReports, type Report, reportsOf } from '../domain/indicators/stored-reports.ts';
import {
  keyOfReport,
  lastSent,
  type ReportKey,
  reportOf,
  type Submission,
  submissionsOf,
} from '../domain/indicators/submissions.ts';
import { periodAt, termsOf } from '../domain/indicators/terms.ts';
import { nameKey } from '../domain/near.ts';
import type { Messages } from '../language/messages.ts';
import type { Headings } from './headings.ts';
import { knownIndicators, reportersOf } from './indicators.ts';
import { Judge } from './judge.ts';
import { knownPartners } from './partners.ts';
import type { ImportContext, KindOfImport } from './plan.ts';
import type { Row } from './row.ts';
import { Locks, partnerIn } from './values.ts';

export interface SubmissionWrite {
  readonly key: ReportKey;
  readonly submission: Submission;
  readonly record: IndicatorRecord;
  /** Values that imports have entered of that report before. */
  readonly earlier: readonly Submission[];
}

const GROUP = 'group:';

/** Headings of an export's columns, by the form's names and by those of the servers. */
const OF_EXPORTS: Headings = {
  form: [FIELDS.form],
  date: [FIELDS.date],
  partner: [FIELDS.partner],
  value: [FIELDS.value],
  numerator: [FIELDS.numerator],
  denominator: [FIELDS.denominator],
  constrained: [FIELDS.constrained],
  note: [FIELDS.note],
  // The first sending keeps its id there when a submission is edited.
  root: ['meta/rootUuid', 'KEY'],
  instance: ['meta/instanceID', 'meta-instanceID', 'instanceID', '_uuid'],
};

/** The headings by which an export of submissions is known, with those of the forum's groups. */
export const headingsOfSubmissions = (groups: readonly string[], catalogues: readonly Messages[]): Headings => ({
  ...OF_EXPORTS,
  ...Object.fromEntries(
    groups.map(key => [
      `${GROUP}${key}`,
      [groupField(key), ...groupHeadings(key), ...(isKnownGroup(key) ? catalogues.map(m => m.groups.names[key]) : [])],
    ]),
  ),
});

export const groupColumns = (groups: readonly string[]): string[] => groups.map(key => `${GROUP}${key}`);

/** An `instanceID` without the scheme, which some exports leave out. */
const bareId = (id: string): string =>
  id
    .trim()
    .replace(/^uuid:/i, '')
    .toLowerCase();

/** The people of each group that a submission tells. */
function partsIn(row: Row, groups: readonly string[]): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const key of groups) {
    const n = row.decimal(`${GROUP}${key}`);
    if (n !== undefined) found[key] = n;
  }
  return Object.keys(found).length ? found : null;
}

/** The value of a submission, or the share of its two numbers. */
function figuresIn(row: Row, record: IndicatorRecord): Pick<Submission, 'value' | 'numerator' | 'denominator'> | null {
  const [typed, numerator, denominator] = [row.decimal('value'), row.decimal('numerator'), row.decimal('denominator')];
  const share =
    numerator !== undefined && denominator !== undefined ? shareOf(record.indicator, numerator, denominator) : null;
  if (numerator !== undefined && share === null) row.fault('denominator', m => m.indicator.no.bothParts);
  const value = share ? decimalOf(share, SHARE_DECIMALS) : row.need('value', typed);
  if (value === undefined) return null;
  return { value, numerator: share ? numerator! : null, denominator: share ? denominator! : null };
}

const TOLD = ['date', 'value', 'numerator', 'denominator', 'note', 'constrained'] as const;

/** The fields in which a submission was edited since it was entered. */
function edited(before: Submission, now: Submission): string[] {
  const parts = (one: Submission): string => JSON.stringify(Object.entries(one.parts ?? {}).sort());
  return [...TOLD.filter(field => before[field] !== now[field]), ...(parts(before) === parts(now) ? [] : ['parts'])];
}

/** Tells whether a report stands as submissions made it; a person may have corrected it since. */
const isMadeOf = (report: Report | undefined, record: IndicatorRecord, earlier: readonly Submission[]): boolean => {
  if (!report) return !earlier.length;
  if (!earlier.length || report.kind !== 'value' || report.value === null) return false;
  const { value } = reportOf(record.indicator, earlier);
  return exact(value).n * exact(report.value).d === exact(report.value).n * exact(value).d;
};

/** The indicator of the form that a row was sent with; a fault where the form is none of this forum's. */
function formOf(
  row: Row,
  { forumId }: ImportContext,
  records: ReadonlyMap<number, IndicatorRecord>,
): IndicatorRecord | undefined {
  const typed = row.need('form', row.line('form', 200));
  if (typed === undefined) return undefined;
  const form = formIn(typed);
  if (form?.forumId !== forumId) return row.fault('form', m => m.imports.why.otherForm({ form: typed }));
  const name = `N-${form.indicator}`;
  return records.get(form.indicator) ?? row.fault('form', m => m.imports.why.unknownIndicator({ name }));
}

export const submissions: KindOfImport<SubmissionWrite> = {
  needed: [['form'], ['root', 'instance'], ['date'], ['value', 'numerator']],
  numbers: ['value', 'numerator', 'denominator'],
  dates: ['date'],
  writing: 'point',
  isWhole: true,
  async plan(services, rows) {
    const { db, forumId, catalogues, today, dimensions } = services;
    const known = await knownIndicators(db, forumId);
    const records = new Map((await recordsOf(db, known.all)).map(one => [one.indicator.number, one]));
    const partners = await knownPartners(db, forumId);
    const reporters = await reportersOf(db, forumId);
    const whole = new Set(catalogues.map(m => nameKey(m.indicator.wholeForum)));
    const groups = dimensions.flatMap(one => one.groups);
    const there = new Map((await reportsOf(db, forumId, {})).map(one => [keyOfReport(one), one]));
    const sent = await submissionsOf(db, forumId, [...records.keys()]);
    const sentIn = new Map([...sent].flatMap(([key, all]) => all.map(one => [one.id, { key, one }] as const)));
    const locks = new Locks(services);
    const judge = new Judge<SubmissionWrite>();
    for (const row of rows) {
      const record = formOf(row, services, records);
      const id = row.need('instance', row.line('root', 200) ?? row.line('instance', 200));
      const date = row.need('date', row.date('date'));
      if (date !== undefined && date > today) row.fault('date', m => m.imports.why.future);
      const partner = record && partnerIn(row, partners, reporters.get(record.indicator.number) ?? [], whole);
      const figures = record && figuresIn(row, record);
      const told = {
        parts: partsIn(row, groups),
        note: row.text('note', 1000) ?? null,
        constrained: row.text('constrained', 500) ?? null,
      };
      const period = record && date !== undefined ? periodAt(record, date) : undefined;
      if (record && period && (await locks.isLocked(record, period)))
        row.fault('date', m => m.indicator.no.locked({ period: period.key }));
      const label = `${record?.indicator.name ?? ''} ${date ?? ''}`.trim();
      if (judge.wrong(row, label) || !record || !period || !figures || partner === undefined) continue;
      const key = { indicator: record.indicator.number, period: period.key, partner };
      const submission: Submission = { id: bareId(id!), date: date!, ...figures, ...told };
      if (judge.repeated(row, label, submission.id)) continue;
      const earlier = sent.get(keyOfReport(key)) ?? [];
      const before = sentIn.get(submission.id);
      const changes = before ? edited(before.one, submission) : [];
      if (before && !changes.length) judge.same(row, label);
      // A value that counted already would have to be taken away first.
      else if (before && before.key !== keyOfReport(key))
        judge.doubtful(row, label, 'date', m => m.imports.why.otherPeriod({ period: period.key }));
      else if (!isMadeOf(there.get(keyOfReport(key)), record, earlier))
        judge.doubtful(row, label, 'value', m => m.imports.why.byHand({ period: period.key }));
      else {
        const write = { key, submission, record, earlier };
        if (before) judge.change(row, label, write, changes);
        else judge.make(row, label, write);
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now, number, by }, rows) {
    const sets = [...grouped(rows, row => keyOfReport(row.write!.key)).values()].map(some => {
      const [{ key, record, earlier }] = some.map(one => one.write!) as [SubmissionWrite];
      const entered = some.map(one => one.write!.submission);
      const made = reportOf(termsOf(record, periodAt(record, entered[0]!.date)), lastSent([...earlier, ...entered]));
      return { key, entered, made };
    });
    const made = await addReports(
      tx,
      forumId,
      sets.map(set => ({
        ...set.key,
        ...set.made,
        kind: 'value' as const,
        reason: null,
        reportedBy: by.member,
        reportedAt: now,
        onTime: false,
        late: false,
        fromImport: number,
      })),
    );
    return made.map(({ report, replaced }, i) => ({
      thing: 'indicator' as const,
      number: report.indicator,
      before: replaced === null ? null : { report: replaced },
      after: { report: report.seq },
      event: {
        kind: 'indicator.reported',
        data: {
          period: report.period,
          partner: report.partner,
          value: report.value,
          replaces: replaced,
          submissions: sets[i]!.entered,
        },
      },
    }));
  },
};

import type { Messages } from '../id/index.ts';
import { code, t } from '../text.ts';

const theIndicator = { name: 'indicator', help: 'The indicator in question' };
const period = { name: 'period', help: 'The period reported, such as Q3 2026 or october' };
const partner = { name: 'partner', help: 'For coordinators: on behalf of this partner' };

export const fill: Messages['fill'] = {
  command: {
    fill: {
      name: 'fill',
      summary: 'Have an indicator fill itself from logged activities or money',
      example: 'N-5 from:activities of:training measure:participants',
      options: {
        indicator: theIndicator,
        from: { name: 'from', help: 'From activities, from money, or no more' },
        of: { name: 'of', help: 'Only activities of this kind' },
        measure: {
          name: 'measure',
          help: 'What is counted: participants, women or another group, activities, hours, …',
        },
        partner: { name: 'partner', help: 'Only what this partner takes part in' },
        goal: { name: 'goal', help: 'Only what serves this goal' },
        area: { name: 'area', help: 'Only in this area' },
        since: { name: 'since', help: 'For periods that end from this date on; today unless told' },
        per: {
          name: 'per',
          help: 'For percentages and ratios: divided by this measure, such as women per participants',
        },
      },
    },
    draft: {
      name: 'draft',
      summary: 'See what is counted for a report',
      example: 'N-5 period:october',
      options: { indicator: theIndicator, period, partner },
    },
    change: {
      name: 'change-draft',
      summary: 'Report another figure, beginning with the drafted one',
      example: 'N-5 period:october',
      options: { indicator: theIndicator, period, partner },
    },
    accept: {
      name: 'accept',
      summary: 'Report the figure of the record as it was shown',
      example: 'N-5 period:october',
      options: {
        indicator: theIndicator,
        period,
        partner,
        seen: { name: 'seen', help: 'The figure that was shown' },
        confirm: { name: 'confirm', help: 'Yes: the new figure' },
      },
    },
    keep: {
      name: 'keep',
      summary: 'Leave a report as it is although the record has changed',
      example: 'N-5 period:october',
      options: { indicator: theIndicator, period, partner },
    },
  },
  title: 'Fills itself from',
  sources: { activities: 'activities', money: 'money', none: 'no more' },
  measures: {
    participants: 'participants',
    activities: 'activities',
    hours: 'hours',
    locations: 'distinct locations',
    partners: 'distinct partners',
    in: 'money in',
    out: 'money out',
  },
  acceptsMeasure: s => t`one of the measures: ${s.names.join(', ')}`,
  measureOf: s => `${s.measure}, from ${s.source}${s.narrowed ? ` (${s.narrowed})` : ''}`,
  shareOf: s => `${s.measure} of ${s.per}`,
  ofPartner: s => `partner ${s.partner}`,
  ofGoal: s => `goal ${s.goal}`,
  ofArea: s => `area ${s.area}`,
  set: s => t`${s.code} fills itself from now on: ${s.what}`,
  setHint: t`When a period ends, its reporter gets a draft. Nothing is reported without a person’s yes.`,
  stopped: s => t`${s.code} does not fill itself any more`,
  fromActivities: s =>
    `From ${s.n} ${s.n === 1 ? 'activity' : 'activities'}: ${s.value}${s.groups ? ` (${s.groups})` : ''}`,
  fromMoney: s => `From ${s.n} ${s.n === 1 ? 'entry' : 'entries'}: ${s.value}`,
  running: s => (s.start === null ? 'all since the start' : `all since the start, with ${s.start} from before`),
  silent: s => `${s.n} without a number`,
  shared: s => `${s.n} with other partners, counted once in the forum’s total`,
  sharedTitle: 'Counted once',
  sharedTotal: s => `${s.n} that several reporters did together`,
  draftTitle: s => t`${s.code} for ${s.period} (${s.partner})`,
  inForce: 'Reported',
  byNow: 'By the record now',
  pieceLine: s => t`${s.code} ${s.date} ${s.title}: ${s.counts ?? 'no number'}${s.shared ? ` (with ${s.shared})` : ''}`,
  nothing: t`Nothing was logged in that period.`,
  morePieces: s => t`… and ${s.n} more`,
  fromThings: s => `from ${s.n} things in the record`,
  fromCodes: s => `from ${s.codes}`,
  fromCodesAndMore: s => `from ${s.codes} and ${s.more} more`,
  again: 'To be looked at again',
  againLine: s => t`${s.code} ${s.period} (${s.partner}): reported ${s.before}, by the record now ${s.now}`,
  againTitle: s => t`The record behind the report ${s.code} ${s.period} changed after it was made`,
  accepted: s => t`The report ${s.code} for ${s.period} is saved from the record`,
  kept: s => t`The report ${s.code} for ${s.period} stays as it is`,
  lookedAgain: 'The record changed after the report',
  no: {
    notFilled: s =>
      t`${s.code} does not fill itself for ${s.period}. Please report it with ${code('/indicator report')}.`,
    itself: t`An indicator cannot fill itself from an indicator, nor from itself: the source is activities or money.`,
    measureOfOther: s => t`There is no measure “${s.measure}” of ${s.source}.`,
    share: t`A share needs what it is a share of: say per what, such as ${code('measure:women per:participants')}.`,
    shared_start: t`This running total begins with a baseline, and several partners report it: nobody knows whose that is. Please make the baseline 0, or let one partner report, with ${code('/indicator edit')}.`,
    ofNothing: s =>
      t`There is nothing to divide by for ${s.code} in ${s.period}. Please report it with ${code('/indicator report')} or ${code('/indicator none')}.`,
    assessed: t`This indicator is filled by an assessment already.`,
    changed: s => t`The record changed since it was shown: before ${s.before}, now ${s.now}. Report the figure of now?`,
    noProof: t`This indicator needs evidence, and none of these activities has any. Please add it with ${code('/activity evidence')}.`,
    same: t`The report says the same as the record.`,
  },
};

import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

export const signed: Messages['report']['signed'] = {
  contents: 'Contents',
  printHint: 'To make a PDF of it: choose Print (Ctrl+P), then Save as PDF.',
  cover: { about: 'A report of the forum’s partners together', period: 'Time' },
  lights: 'Traffic lights of the indicators',
  lightsAbout: 'The last value up to the end of this time, against its period’s target and the final target.',
  lightsLeft: s =>
    s.n === 1
      ? 'One more indicator stands in the section Indicators.'
      : `${s.n} more indicators stand in the section Indicators.`,
  lightsCount: s => `${s.colour}: ${s.n}`,
  noIndicators: 'The forum has no indicators yet.',
  noPicture: 'The chart is left out so that this file can be sent.',
  goalsAndStory: 'Goals and their narratives',
  noNarrative: 'The coordinators have not written a narrative of this goal yet.',
  serves: 'Its indicators',
  activityWith: s => `Partners: ${s.partners}`,
  photos: 'Photos of activities',
  photosLeft: s =>
    s.n === 1
      ? 'One more photo is in the forum’s record; it is left out so that this file can be sent.'
      : `${s.n} more photos are in the forum’s record; they are left out so that this file can be sent.`,
  total: 'Total',
  counted: s => `Counted: ${s.state}`,
  evidenceOf: s => `Entries with evidence: ${s.n} of ${s.of}.`,
  budget: 'Budget',
  ledger: 'Ledger',
  receipts: 'Evidence',
  openIssues: 'Open issues',
  resolvedIssues: s =>
    s.n === 1 ? 'One issue was resolved in this time.' : `${s.n} issues were resolved in this time.`,
  lessons: 'Lessons',
  lessonsAbout: 'How issues were resolved, and the actions that came of reviewing them.',
  people:
    'Names of people other than those who sign, contacts and accounts, and evidence other than photos of activities, which may hold personal data.',
  signatures: 'Signatures',
  placeAndDate: 'Place and date',
  compiler: 'Compiled by',
  coordinator: 'Coordinator',
  name: 'Name',
  hint: t`Open the file in a browser, choose Print, then Save as PDF. It has the coordinators’ names as those who sign, and photos of activities; private issues and the choices of secret votes are not in it.`,
  wordHint: t`Once it is open, bring its contents up to date. It has the coordinators’ names as those who sign, and photos of activities; private issues and the choices of secret votes are not in it.`,
  rowsLeft: s => `The last ${s.shown} rows of ${s.total}; xlsx and csv have all of them.`,
};

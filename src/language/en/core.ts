import type { Messages } from '../messages.ts';
import { code, join, type Text, t } from '../text.ts';

const quoted = (typed: string): string => `“${typed}”`;
const commands = (names: readonly string[]): Text =>
  join(
    names.map(name => [code(`/${name}`)]),
    ', ',
  );

export const core: Messages['core'] = {
  yes: 'yes',
  no: 'no',
  or: ' or ',
  none: '–',
  notDone: 'Not saved yet',
  failed: 'Something went wrong in Rembug',
  failedHint: s =>
    t`Nothing was changed. Please try again; if it keeps failing, give the operator the reference ${code(s.reference)}.`,
  unknownCommand: s =>
    s.nearest.length
      ? t`There is no command ${quoted(s.typed)}. Did you mean ${commands(s.nearest)}?`
      : t`There is no command ${quoted(s.typed)}. Type ${code('/help')} to see what you can do.`,
  unknownOption: s =>
    s.nearest.length
      ? t`There is no option ${quoted(s.typed)}. Did you mean ${s.nearest.join(', ')}?`
      : t`This command has no option ${quoted(s.typed)}.`,
  nothingTaken: s => t`This command takes no ${quoted(s.typed)}. Write options as ${code('name:value')}.`,
  missingOption: s =>
    t`Still missing: ${join(
      s.names.map((name, i) => t`${code(name)} (${s.accepts[i]!})`),
      '; ',
    )}.`,
  invalidOption: s => t`The option ${code(s.option)} cannot take ${quoted(s.typed)}. It accepts ${s.accepts}.`,
  doubtfulNumber: s =>
    t`The option ${code(s.option)}: ${quoted(s.typed)} may mean ${s.readings.join(' or ')}. Please write one of them.`,
  notFound: s => t`This forum has no ${s.thing} ${quoted(s.typed)}.`,
  ambiguous: s =>
    t`More than one ${s.thing} matches ${quoted(s.typed)}: ${join(s.candidates, '; ')}. Please give the code.`,
  forbidden: s => t`Only ${s.who} may do this. Please ask them.`,
  noForum: t`There is no forum here yet. A coordinator can start one with ${code('/forum setup "Name of the forum"')}.`,
  oldButton: t`This button is no longer in use. Please open it again with its command.`,
  acceptsText: s => t`text of up to ${s.max} characters`,
  acceptsNumber: s => t`a number such as ${s.example}`,
  acceptsWhole: s => t`a whole number from ${s.min} to ${s.max}, such as 45`,
  acceptsMoney: s => t`an amount in rupiah, such as ${s.example} or 1.25 million`,
  acceptsDate: s => t`a date such as ${s.example}, 25/11/2026, 25 nov or tomorrow`,
  acceptsInstant: s => t`a time such as ${s.example}, tomorrow 17:00 or 3 days`,
  acceptsChoice: s => t`one of ${s.choices.join(', ')}`,
  acceptsFlag: t`yes or no`,
  acceptsZone: t`WIB, WITA, WIT or a zone such as Asia/Makassar`,
  acceptsUrl: t`a full web address such as https://example.org/file`,
  acceptsEvidence: t`a file, a web address or a few words that say where the evidence is`,
  acceptsMember: t`a member's name`,
  acceptsChannel: t`a channel's name`,
  acceptsEntity: s => t`the code or name of a ${s.thing}, such as ${s.example}`,
  acceptsList: s => t`up to ${s.max}, separated by commas: ${s.one}`,
  page: s => t`${s.shown} of ${s.total}`,
  formHint: t`Complete it with ${code(':fill name=value')}.`,
  history: 'History',
  undelivered: s => t`A message to ${s.to} could not be delivered`,
  undeliveredHint: t`Please pass it on in another way, and ask the person to open direct messages or to invite Rembug to that channel.`,
  late: s => t`Late by ${s.by} (it was meant for ${s.at}).`,
  somebody: 'somebody',
  anonymous: 'anonymous',
  bot: 'Rembug',
};

export const roles: Messages['roles'] = {
  anyone: 'anybody',
  member: 'members of the forum',
  partner: 'members of a partner',
  representative: 'the representative or alternate of a partner',
  coordinator: 'coordinators',
};

export const things: Messages['things'] = {
  activity: 'activity',
  issue: 'issue',
  strategy: 'strategy proposal',
  indicator: 'indicator',
  goal: 'goal',
  agreement: 'agreement',
  entry: 'ledger entry',
  partner: 'partner',
  reminder: 'reminder',
};

export const button: Messages['button'] = {
  more: 'Next',
  undo: 'Undo',
  send: 'Send',
  cancel: 'Cancel',
  fix: 'Fix it',
  done: 'Mark as done',
  addEvidence: 'Add evidence',
  assignMe: 'I take this',
  comment: 'Comment',
  wait: 'Waiting for somebody',
  escalate: 'Escalate',
  resolve: 'Resolve',
  closeIssue: 'Close',
  reopen: 'Reopen',
  severity: 'Set severity',
  logActivity: 'Log an activity',
  raiseIssue: 'Raise an issue',
  addPartner: 'Add a partner',
  addGoal: 'Add a goal',
  joinPartner: 'Join',
  help: 'Help',
  agree: 'Agree',
  disagree: 'Disagree',
  abstain: 'Abstain',
  object: 'Object',
  recuse: 'Conflict of interest',
  showRecord: 'Show the record',
  keep: 'Keep',
  change: 'Change',
  end: 'End',
  propose: 'Propose a change',
  reportNow: 'Report now',
  snoozeDay: 'Snooze 1 day',
  snoozeTo: 'Snooze to …',
  noData: 'No data',
  notMine: 'Not mine',
  confirm: 'Yes, save it',
  showVote: 'See the vote',
  language: 'Language',
  showIndicator: 'Show the indicator',
  approve: 'Approve',
  comes: 'Coming',
  absent: 'Not coming',
  perhaps: 'Maybe',
  toCalendar: 'To the calendar',
  showActivities: 'Show the activities',
  score1: '1 not at all',
  score2: '2',
  score3: '3',
  score4: '4',
  score5: '5 entirely',
  answerReview: 'Say something',
  agreeStep: 'Agree a step',
  endReview: 'End the talk',
  openReview: 'Open a talk',
  admit: 'Let it join',
  forgetMe: 'Yes, delete',
  isMe: 'Yes, that is me',
  notMe: 'Not me',
  sendAnnouncement: 'Yes, send it',
  seen: 'I have seen it',
  kept: 'Mark as kept',
  addCommitment: 'Add a promise',
  renew: 'Renew',
};

import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

const theActivity = { name: 'activity', help: 'The meeting or activity in question' };

export const minutes: Messages['minutes'] = {
  command: {
    agenda: {
      name: 'agenda',
      summary: 'Propose a point, or order the points',
      example: 'K-4 "Which pump do we buy"',
      options: {
        activity: theActivity,
        point: { name: 'point', help: 'What needs to be talked about' },
        order: { name: 'order', help: 'For coordinators and hosts: the numbers that come first, such as 3, 1' },
        without: { name: 'without', help: 'For coordinators and hosts: the numbers that are taken off' },
      },
    },
    minutes: {
      name: 'minutes',
      summary: 'Write or read the minutes: decisions, notes, actions',
      example: 'K-4 text:"Action: check the pumps; BPBD; 2026-12-15"',
      options: {
        activity: theActivity,
        text: { name: 'text', help: 'A line each: “Decision: …”, “Action: what; who; by when”, or a note' },
        file: { name: 'file', help: 'A text file with the minutes' },
        line: { name: 'line', help: 'The number of the line to correct; without text the line is taken out' },
      },
    },
    asText: {
      name: 'minutes-text',
      summary: 'Minutes as plain text',
      example: 'K-4',
      options: { activity: theActivity },
    },
    write: {
      name: 'write-minutes',
      summary: 'Add to the minutes',
      example: 'K-4',
      options: {
        activity: theActivity,
        text: { name: 'text', help: 'A line each: “Decision: …”, “Action: what; who; by when”, or a note' },
        file: { name: 'file', help: 'A text file of minutes, read line by line' },
      },
    },
  },
  agenda: 'Agenda',
  agendaOf: s => t`Agenda of ${s.code} ${s.title}`,
  noAgenda: t`There are no points yet. Anybody may propose one.`,
  pointLine: s => t`${String(s.item)}. ${s.text}`,
  morePoints: s => t`… and ${String(s.n)} more`,
  pointAdded: s => t`A point for ${s.code} is recorded`,
  ordered: s => t`The agenda of ${s.code} is in order`,
  agendaFull: s => t`This agenda is full (${String(s.max)} points).`,
  noPoint: t`There is no point of that number.`,
  whoOrders: t`The agenda is ordered by coordinators, the host, and representatives of the partners involved.`,
  agendaOver: t`This activity is over; its agenda stays as it is.`,
  title: s => t`Minutes of ${s.code} ${s.title}`,
  none: t`There are no minutes yet.`,
  decisions: 'Decisions',
  notes: 'Notes',
  actions: 'Actions',
  lineText: s => t`${String(s.line)}. ${s.text}`,
  openUntil: s => t`Open for correction until ${s.at}; then they are kept as evidence.`,
  kept: t`These minutes are kept as evidence.`,
  lastTime: s => t`The minutes before: ${s.code}`,
  written: s => t`The minutes of ${s.code} are recorded`,
  corrected: s => t`Line ${String(s.line)} of the minutes of ${s.code} is corrected`,
  keptAlready: s =>
    t`The minutes of ${s.code} are kept and can no longer be changed. Write the correction into the minutes of the next meeting.`,
  noLine: s => t`There is no line ${String(s.line)}.`,
  oneLine: t`Write a single decision or note for that line.`,
  tooLong: s => t`A line is longer than ${String(s.max)} characters. Please split it.`,
  tooMany: s => t`At most ${String(s.max)} lines at once. Please send them in parts.`,
  noTitle: s =>
    t`What is to be done in “${s.line}”? Say it in ${String(s.max)} characters: “Action: what; who; by when”.`,
  notRead: s => t`“${s.part}” in “${s.line}” is neither a name nor a date. Write “Action: what; who; by when”.`,
  acceptsFile: t`a text file (.txt or .md)`,
};

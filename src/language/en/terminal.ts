import type { Messages } from '../id/index.ts';
import { code, strong, t } from '../text.ts';

export const terminal: Messages['terminal'] = {
  title: 'Rembug in this terminal',
  you: 'You',
  youText: s => t`${strong(s.name)} (change it with ${code(':as NAME')})`,
  kept: 'Kept in',
  inMemory: 'memory alone: gone at the end',
  forum: 'Forum',
  noForum: 'none yet',
  page: 'Public page',
  pageHidden: s => t`${s.address} (not published yet: ${code('/forum publish')})`,
  tryIt: 'Try:',
  tryFirst: [code('/forum setup "Name of the forum"'), code('/help'), code(':help')],
  tryNext: [code('/me tasks'), code('/activity log "Name of the activity"'), code('/help')],
  leave: t`To leave: type ${code('exit')} or press Ctrl-D. The lines of this terminal: ${code(':help')}.`,
  lines: 'The lines of this terminal',
  perform: t`${code('/activity log "Drill" participants:45')}: runs a command; all of them: ${code('/help')}`,
  other: t`${code('@siti /issue list')}: one line as somebody else`,
  as: t`${code(':as NAME')}: become that person, also one not known yet`,
  click: t`${code(':click LABEL')}: press the newest button of that label, such as ${code(':click "I take this"')}`,
  fill: t`${code(':fill NAME=VALUE …')}: answer the form that is open, such as ${code(':fill title="Blocked drain"')}`,
  skip: t`${code(':skip 3d')}: move this terminal’s clock (90m, 3d, 2w); what falls due is done at its time`,
  save: t`${code(':save FILE')}: write the last file of an answer`,
  help: t`${code(':help')}: this list; ${code('help')}: the commands that you can run`,
  quit: t`${code(':quit')} or ${code('exit')}: leave`,
  comment: t`${code('#')} begins a remark that is not run`,
  keys: t`Tab completes commands, options and their values. A quote that is still open goes on in the next line.`,
  more: t`Commands begin with a slash. The lines of this terminal: ${code(':help')}.`,
  unknownLine: s =>
    s.nearest
      ? t`There is no line ${code(s.typed)}. Did you mean ${code(s.nearest)}?`
      : t`There is no line ${code(s.typed)}. Type ${code(':help')} to see all of them.`,
  noSlash: s => t`Commands begin with a slash: ${code(`/${s.command}`)}.`,
  clockHeld: t`The clock is not moved: this database has forums on Discord or Slack, whose time may not be moved. Try things out on another database.`,
  saved: s => t`${s.name} was written to ${code(s.file)}`,
  acceptsFile: t`the name of a file, such as report.xlsx`,
  noFile: t`No answer has held a file yet. Make one first, for instance with ${code('/report')}.`,
  fileExists: s => t`${code(s.file)} is there already. Give another name; nothing is overwritten.`,
  cannotSave: s => t`${code(s.file)} cannot be written. Check its folder, and who may write there.`,
  stillTyped: 'Something is typed. Ctrl-C once more: leave. Ctrl-U: clear what is typed.',
  openQuote: 'The quote is still open: the next line goes into it. Enter on an empty line: send it as it is.',
};

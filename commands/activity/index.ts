import type { Command } from '../../src/bot/command.ts';
import { attend, attendance, calendar } from './attend.ts';
import { cancel, done, edit, move, proof, undo } from './change.ts';
import { other, same } from './double.ts';
import { attendanceCode, invite } from './invite.ts';
import { log, plan } from './log.ts';
import { agenda, minutes, minutesAsText, writeMinutes } from './minutes.ts';
import { list, search, show } from './read.ts';

export const activity: Command = {
  name: 'activity',
  words: m => m.activity.command,
  actions: [
    log,
    plan,
    done,
    list,
    show,
    edit,
    move,
    cancel,
    search,
    proof,
    undo,
    attend,
    attendance,
    calendar,
    invite,
    attendanceCode,
    agenda,
    minutes,
    writeMinutes,
    minutesAsText,
    same,
    other,
  ],
};

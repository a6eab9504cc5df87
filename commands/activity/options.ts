import { main, optional } from '../../src/bot/command.ts';
import { choice, flag, line } from '../../src/bot/kinds.ts';
import { repetition } from '../../src/bot/slot-kinds.ts';
import { SERIES_HOLIDAYS } from '../../src/storage/schema/meetings.ts';
import { details } from './common.ts';

export const logOptions = { title: main(line({ max: 200 })), ...details };

export const planOptions = {
  ...logOptions,
  repeat: optional(repetition()),
  holidays: optional(choice(SERIES_HOLIDAYS, m => m.activity.holidays)),
  confirm: optional(flag()),
};

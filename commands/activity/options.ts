import { main, optional } from '../../src/bot/command.ts';
import { choice, flag, line } from '../../src/bot/kinds.ts';
import { repetition } from '../../src/bot/slot-kinds.ts';
import { SERIES_HOLIDAYS } from '../../src/storage/schema/meetings.ts';
import { details } from './common.ts';

export const enterOptions = { title: main(line({ max: 200 })), ...details };

export const logOptions = {
  ...enterOptions,
  repeat: optional(repetition()),
  holidays: optional(choice(SERIES_HOLIDAYS, m => m.activity.holidays)),
};

export const planOptions = { ...logOptions, confirm: optional(flag()) };

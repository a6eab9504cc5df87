import type { Command } from '../../src/bot/command.ts';
import { answer, prove, settle } from './answer.ts';
import { close } from './close.ts';
import { imported } from './import.ts';
import { measure, propose, raise } from './plan.ts';
import { compare, exported, frameworks, list, show } from './read.ts';
import { start } from './start.ts';

export const assessment: Command = {
  name: 'assessment',
  words: m => m.assessment.command,
  actions: [
    start,
    answer,
    settle,
    show,
    compare,
    close,
    list,
    exported,
    imported,
    frameworks,
    prove,
    raise,
    propose,
    measure,
  ],
};

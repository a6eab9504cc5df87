import type { Command } from '../../src/bot/command.ts';
import { answer, pulse, results } from './pulse.ts';
import { agreeStep, conclude, review, statement, stepDone } from './review.ts';
import { comment, score } from './score.ts';

export const partnership: Command = {
  name: 'partnership',
  words: m => m.partnership.command,
  actions: [score, comment, pulse, results, review, statement, agreeStep, stepDone, conclude, answer],
};

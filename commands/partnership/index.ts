import type { Command } from '../../src/bot/command.ts';
import { answer, pulse, results } from './pulse.ts';
import { agreeStep, conclude, review, statement } from './review.ts';
import { score } from './score.ts';

export const partnership: Command = {
  name: 'partnership',
  words: m => m.partnership.command,
  actions: [score, pulse, results, review, statement, agreeStep, conclude, answer],
};

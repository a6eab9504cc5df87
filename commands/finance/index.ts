import type { Command } from '../../src/bot/command.ts';
import { budget, close, reopen } from './books.ts';
import { list, show, summary } from './read.ts';
import { addReceipt, approve, other, record, reverse, same } from './record.ts';

export const finance: Command = {
  name: 'finance',
  words: m => m.finance.command,
  actions: [record, reverse, list, summary, show, approve, addReceipt, close, reopen, budget, same, other],
};

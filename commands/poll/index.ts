import type { Command } from '../../src/bot/command.ts';
import { accept, add, decline } from './candidates.ts';
import { create } from './create.ts';
import { agree, follow } from './follow.ts';
import { close, decide, extend, withdraw } from './manage.ts';
import { exported, list, show } from './read.ts';
import { ballot, tick, unvote, vote } from './vote.ts';

export const poll: Command = {
  name: 'poll',
  words: m => m.poll.command,
  actions: [
    create,
    vote,
    tick,
    ballot,
    unvote,
    add,
    accept,
    decline,
    list,
    show,
    close,
    extend,
    withdraw,
    decide,
    follow,
    agree,
    exported,
  ],
};

import type { Command } from '../../src/bot/command.ts';
import { explain } from './explain.ts';
import { amend, close, extend, override, review, withdraw } from './manage.ts';
import { propose } from './propose.ts';
import { exported, history, list, show } from './read.ts';
import { object, proxy, recuse, unproxy, unvote, vote } from './vote.ts';

export const strategy: Command = {
  name: 'strategy',
  words: m => m.strategy.command,
  actions: [
    propose,
    list,
    show,
    vote,
    object,
    recuse,
    unvote,
    proxy,
    unproxy,
    amend,
    explain,
    extend,
    close,
    withdraw,
    override,
    review,
    history,
    exported,
  ],
};

import type { Command } from '../../src/bot/command.ts';
import { add, back, handover, open, target } from './agree.ts';
import { other, same } from './double.ts';
import { edit, retire } from './edit.ts';
import { addProof } from './evidence.ts';
import { accept, change, draft, fill, keep } from './fill.ts';
import { form } from './form.ts';
import { metadata } from './metadata.ts';
import { chosen, pack } from './pack.ts';
import { due, list, show } from './read.ts';
import { correct, none, report } from './report.ts';

export const indicator: Command = {
  name: 'indicator',
  words: m => m.indicator.command,
  actions: [
    add,
    report,
    none,
    correct,
    list,
    show,
    metadata,
    due,
    target,
    back,
    open,
    handover,
    edit,
    retire,
    addProof,
    pack,
    chosen,
    form,
    same,
    other,
    fill,
    draft,
    accept,
    change,
    keep,
  ],
};

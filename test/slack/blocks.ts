import { inside } from '../rendering/taken.ts';
import { type Json, objectOf, textOf } from '../wire/discord/json.ts';
import { effectsOf, everyoneIn } from '../wire/slack/effects.ts';
import { SlackError } from '../wire/slack/errors.ts';
import { checkMessageBlocks, checkView } from '../wire/slack/limits/surfaces.ts';

const NOBODY = { users: new Map<string, string>(), channels: new Map<string, string>() };

function refusedBy(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return [error.message];
  }
}

/**
 * Lists what must not stand in anything of ours: markup that reads what people wrote, mentions, links that lead
 * nowhere.
 */
const unwanted = (blocks: Json | undefined): string[] => [
  ...everyoneIn([effectsOf(blocks, NOBODY)]).map(whom => `calls ${whom}`),
  ...inside(blocks).flatMap(({ type, url }) => {
    if (type === 'mrkdwn') return ['mrkdwn, which reads markup in what people wrote'];
    return type === 'link' && !/^https?:\/\/\S+$/.test(textOf(url)) ? ['a link to nowhere'] : [];
  }),
];

/** Lists what Slack, or our own rules, would refuse in the blocks of a message; empty: nothing. */
export const messageFaults = (blocks: unknown): string[] => [
  ...refusedBy(() => checkMessageBlocks(blocks as Json)),
  ...unwanted(blocks as Json),
];

/** Lists what Slack, or our own rules, would refuse in a window; empty: nothing. */
export const windowFaults = (modal: unknown): string[] => [
  ...refusedBy(() => checkView(objectOf(modal as Json), 'modal')),
  ...unwanted(objectOf(modal as Json).blocks),
];

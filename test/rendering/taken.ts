import { attachedTo } from '../../adapters/discord/attachments.ts';
import { modalOf as modalOnDiscord } from '../../adapters/discord/forms.ts';
import { renderView as onDiscord, renderWords } from '../../adapters/discord/render.ts';
import { modalOf as modalOnSlack, suggestionsOf } from '../../adapters/slack/forms.ts';
import { renderView as onSlack } from '../../adapters/slack/render.ts';
import { NO_PICTURES, type Pictures } from '../../src/adapter-kit/pictures.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Form } from '../../src/contract/form.ts';
import type { Suggestion } from '../../src/contract/suggestion.ts';
import type { View } from '../../src/contract/view.ts';
import { cutAt } from '../../src/language/clean.ts';
import type { Json, JsonObject } from '../wire/discord/json.ts';
import { checkAutocomplete } from '../wire/discord/limits/commands.ts';
import { checkMessage, FLAG } from '../wire/discord/limits/messages.ts';
import { checkModal } from '../wire/discord/limits/modals.ts';
import { computePings } from '../wire/discord/pings.ts';
import { checkMessageBlocks, checkSuggestions, checkView } from '../wire/slack/limits/surfaces.ts';

/** Text of a message that Slack changes later, in bytes. https://docs.slack.dev/reference/methods/chat.update */
const UPDATE_BYTES = 4_000;
/** Words of a message that Slack shows in a header at most. https://docs.slack.dev/reference/block-kit/blocks/header-block */
const MARKS = /<(@|!|#|https:\/\/jahat)/;

/** Makes pictures of a view as if every one had been painted. */
export const painted = (view: View): Pictures =>
  new Map(
    view.blocks.flatMap((block, i) =>
      block.kind === 'picture' ? [[block, { name: `${i}.png`, png: new Uint8Array() }]] : [],
    ),
  );

/** Everything inside a piece of Block Kit. */
export const inside = (value: unknown): JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap(inside);
  if (typeof value !== 'object' || value === null) return [];
  return [value as JsonObject, ...Object.values(value).flatMap(inside)];
};

const fault = (what: string, found: unknown): never => {
  throw new Error(`${what}: ${JSON.stringify(found)?.slice(0, 300)}`);
};

/** Discord takes it, whole and in words, and it would ping nobody even if the client did not forbid it. */
export function discordTakes(view: View, registry: Registry): number {
  const pictures = painted(view);
  const ways = pictures.size ? [NO_PICTURES, pictures] : [NO_PICTURES];
  for (const shown of ways) {
    const attached = attachedTo(view, shown);
    const components = [onDiscord(view, registry, { attached })] as unknown as JsonObject[];
    const uploads = attached.list.map((one, i) => ({
      index: String(i),
      filename: one.name,
      contentType: 'application/octet-stream',
      bytes: one.attachment,
    }));
    checkMessage({ components }, uploads, FLAG.v2, { files: [], anything: false });
    const pings = computePings('', components, undefined, 'everything', null);
    if (pings.everyone || pings.users.length || pings.roles.length) fault('it pings', pings);
  }
  const words = [renderWords(view)] as unknown as JsonObject[];
  checkMessage({ components: words }, [], FLAG.v2, { files: [], anything: false });
  return ways.length + 1;
}

/** Slack takes it in all ways of saying it, and there is no mention and no foreign link in it. */
export function slackTakes(view: View, registry: Registry): number {
  const shown = new Map([...painted(view)].map(([block], i) => [block, `F0000000${i}`]));
  const ways = [{}, { native: true }, ...(shown.size ? [{ shown }, { native: true, shown }] : [])];
  for (const how of ways) {
    const { text, blocks } = onSlack(view, registry, how);
    checkMessageBlocks(blocks as never);
    if (Buffer.byteLength(text) > UPDATE_BYTES) fault('a text of too many bytes', Buffer.byteLength(text));
    const parts = inside(blocks);
    const live = parts.filter(one => ['user', 'usergroup', 'broadcast', 'channel', 'emoji'].includes(String(one.type)));
    const links = parts.filter(one => String(one.url ?? '').includes('jahat'));
    const marked = parts.filter(one => one.type === 'mrkdwn' && MARKS.test(String(one.text)));
    if (live.length || links.length || marked.length || MARKS.test(text)) fault('it is read', [live, links, marked]);
  }
  const { blocks } = onSlack(view, registry);
  const home = onSlack(view, registry, { isHome: true });
  checkView({ type: 'home', blocks: home.blocks } as unknown as JsonObject, 'home');
  const title = { type: 'plain_text', text: 'Rembug' };
  checkView({ type: 'modal', callback_id: 'result', title, blocks } as unknown as JsonObject, 'modal');
  return ways.length + 2;
}

/** Both take a form, and all that was typed stands in it. */
export function formTaken(form: Form): number {
  checkModal(modalOnDiscord(form) as unknown as JsonObject);
  for (const message of ['', 'x'.repeat(5_000)])
    for (const isWhole of [false, true]) {
      const modal = modalOnSlack(form, { channel: 'C01' }, { message, isWhole });
      checkView(modal as unknown as JsonObject, 'modal');
    }
  return 5;
}

/** Both take what is offered for what is typed. */
export function suggestionsTaken(found: readonly Suggestion[]): number {
  const choices = found.slice(0, 25).map(({ value, label }) => ({ value, name: cutAt(label, 100) }));
  checkAutocomplete({ choices } as unknown as JsonObject, 3);
  checkSuggestions({ options: suggestionsOf(found) as unknown as Json } as JsonObject);
  return 2;
}

import { registryOf } from '../../src/app/app.ts';
import { aDiscordApp } from '../discord/app.ts';
import { UNLIMITED } from '../unlimited.ts';
import type { Message } from '../wire/discord/model.ts';
import { wanted, wireOf } from './ask.ts';
import type { Problem } from './core.ts';
import { CANARY, fillForum } from './forum.ts';
import { type Random, text } from './random.ts';

const registry = registryOf();
/** Discord's number for an answer that opens a form. */
const SHOWS_MODAL = 9;

/** The bot on the real discord.js: commands, buttons, menus and forms with anything in them. */
export async function aFuzzedDiscord() {
  // Many at once on a slow machine: what is answered late is answered all the same.
  const app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, channel, news, ana, budi } = app;
  await fillForum(app.store, 'dua', CANARY);
  await discord
    .slash({
      channel,
      user: ana,
      name: 'forum',
      subcommand: 'setup',
      options: { name: 'Biasa', announce: news },
      permissions: ['ManageGuild'],
    })
    .answered();
  await discord
    .slash({ channel, user: ana, name: 'activity', subcommand: 'log', options: { title: 'x' } })
    .answered()
    .catch(() => null);
  await discord
    .slash({ channel, user: ana, name: 'issue', subcommand: 'raise', options: { title: 'Banjir' } })
    .answered();
  await discord.until(() => discord.messages(news).length > 0, 'a card');
  const card = discord.messages(news)[0]!;

  /** A message of ours that carries another button than it does: what a forged interaction refers to. */
  const forged = (id: string): Message => {
    const button = { type: 2, style: 1, label: 'x', custom_id: id.slice(0, 100) || 'x', id: 7 };
    return { ...card, components: [{ type: 1, id: 6, components: [button] }] } as unknown as Message;
  };

  function interaction(r: Random) {
    const user = r.pick([ana, budi]);
    const { path, values, action } = wanted(r, registry);
    const typed = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.slice(0, 6_000)]));
    const [name = '', subcommand] = path;
    const call = { channel, user, name, ...(subcommand && { subcommand }), options: typed };
    if (r.chance(3)) {
      const wire = wireOf(r, registry).slice(0, 100) || 'x';
      return discord.click(forged(wire), wire, user);
    }
    const focused = Object.keys(action.options).find(key => action.options[key]!.kind.suggest);
    if (r.chance(4) && focused)
      return discord.autocomplete({ ...call, focused, options: { [focused]: text(r).slice(0, 100) } });
    return discord.slash(call);
  }

  return {
    /** Does one interaction; what the stand-in itself knows Discord would not let through is passed over. */
    async interact(r: Random): Promise<Problem | null> {
      let exchange: ReturnType<typeof interaction>;
      try {
        exchange = interaction(r);
      } catch {
        return null;
      }
      const seen = await tried(() => exchange.answered());
      const input = { name: exchange.parts.name, text: seen?.text.slice(0, 300) };
      if (!seen) return { what: `never answered: ${app.logged.splice(0).join('; ')}`, input };
      if (seen.callbackType === SHOWS_MODAL && r.chance(2)) {
        const { modal } = seen;
        const values = Object.fromEntries(modal.fields.map(field => [field.label, text(r).slice(0, 4_000)]));
        const sent = await tried(() => discord.submitModal(modal, values, exchange.parts.user).answered());
        if (sent?.text.includes(CANARY)) return { what: 'another forum’s data', input };
      }
      const bug = app.logged.splice(0).find(one => one.includes('failed'));
      if (bug) return { what: `a bug: ${bug}`, input };
      return seen.text.includes(CANARY) ? { what: 'another forum’s data', input } : null;
    },
    close: () => app[Symbol.asyncDispose](),
  };
}

/** Tries what the stand-in may refuse as Discord's own client would; a refusal comes to nothing. */
async function tried<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}

import type { Act } from '../contract/act.ts';
import { text, type View } from '../contract/view.ts';
import { catalogue, type Messages } from '../language/messages.ts';
import { join, type Text } from '../language/text.ts';
import type { Known } from './known.ts';
import type { Wanted } from './resolve.ts';

type Place = { readonly id: string; readonly name: string };

/** Says what is missing in a channel: what to do where we know it, else the platform's name of a permission. */
export function lackText(m: Messages, what: readonly string[]): Text {
  const { lackWords } = m.forum;
  const isKnown = (one: string): one is keyof typeof lackWords => one in lackWords;
  const permissions = what.filter(one => !isKnown(one));
  return join(
    [
      ...what.filter(isKnown).map(one => lackWords[one]),
      ...(permissions.length ? [m.forum.lacks({ what: permissions.join(', ') })] : []),
    ],
    '; ',
  );
}

/**
 * The answer to a mutation that tells us where to post, with what is missing there. It is asked of the platform once the
 * mutation stands: what is chosen is kept, and can be mended afterwards.
 */
export async function withMissing(act: Act, { locale }: Known, wanted: Wanted, answer: View): Promise<View> {
  const { lacks } = act;
  if (!wanted.action.postsTo || !lacks) return answer;
  const m = catalogue[locale];
  const said = await Promise.all(
    channelsOf(act, wanted).map(async ({ id, name }) => {
      // The act stands, whether the platform answers or not.
      const what = await lacks(id).catch(() => []);
      return what.length ? [text(m.forum.cannotPost({ name, what: lackText(m, what) }))] : [];
    }),
  );
  return { ...answer, blocks: [...said.flat(), ...answer.blocks] };
}

/** The channels that an act names; where it names none, and that means this one, the one in which it was asked. */
function channelsOf(act: Act, { action, given }: Wanted): readonly Place[] {
  const named = Object.entries(given).flatMap(([option, raw]) => {
    if (action.options[option]?.kind.input !== 'channel') return [];
    const found = 'channel' in raw ? raw.channel : 'typed' in raw ? act.channelOf(raw.typed) : null;
    return found ? [found] : [];
  });
  const { channel, channelName } = act.place;
  const here = action.postsTo === 'named or here' && channel ? [{ id: channel, name: channelName ?? channel }] : [];
  return [...new Map((named.length ? named : here).map(one => [one.id, one])).values()];
}

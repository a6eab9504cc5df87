import { nameOn } from '../contract/platform-names.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type View, view } from '../contract/view.ts';
import { recentMembers } from '../domain/people.ts';

/** Maximum number of choices: both platforms show 25. */
const SHOWN = 25;

/**
 * Asks for a person with a menu of the forum's members, wherever they are: a platform's own list of people has only its
 * own. Choosing one performs the action with the option `member`.
 */
export async function chooseMember(
  context: RenderContext,
  action: string,
  values: Readonly<Record<string, string>>,
): Promise<View> {
  const people = await recentMembers(context.db, context.forumId, SHOWN);
  const choices = people.map(({ number, name, platform }) => ({
    value: String(number),
    label: nameOn(name, platform),
  }));
  const { whichPerson } = context.m.core;
  return view(whichPerson, {
    controls: choices.length
      ? [
          [
            {
              kind: 'select',
              name: 'chooseMember',
              label: whichPerson,
              does: { action, values },
              fills: 'member',
              choices,
            },
          ],
        ]
      : [],
  });
}

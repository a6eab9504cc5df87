import { facts, list, text, type View, view } from '../../src/contract/view.ts';
import type { Messages } from '../../src/language/messages.ts';

/** Describes what the first screen tells. */
export interface Welcome {
  readonly actor: string;
  /** Place of the record; null: in memory alone. */
  readonly kept: string | null;
  /** The forum of this terminal, if there is one, with the address of its page and whether anybody may see it. */
  readonly forum: { readonly name: string; readonly page: string | null; readonly isPublic: boolean } | null;
}

/** The first screen: who one is, where the record is kept, what to try, and how to leave. */
export const welcomeView = ({ terminal: w }: Messages, { actor, kept, forum }: Welcome): View =>
  view(w.title, {
    blocks: [
      facts([
        [w.you, w.youText({ name: actor })],
        [w.kept, kept ?? w.inMemory],
        [w.forum, forum?.name ?? w.noForum],
        [w.page, forum?.page && (forum.isPublic ? forum.page : w.pageHidden({ address: forum.page }))],
      ]),
      text(w.tryIt),
      list((forum ? w.tryNext : w.tryFirst).map(one => [one])),
      text(w.leave),
    ],
  });

/** The console's own lines, explained. */
export const linesView = (w: Messages['terminal']): View =>
  view(w.lines, {
    blocks: [
      list([w.perform, w.other, w.as, w.click, w.fill, w.skip, w.save, w.help, w.quit, w.comment]),
      text(w.keys),
    ],
  });

import type { View } from '../contract/view.ts';
import type { Actor } from '../domain/actor.ts';
import type { Forum } from '../domain/forums.ts';
import type { Member, SeenAccount } from '../domain/people.ts';
import type { Locale } from '../language/locale.ts';

/** Describes whose act it is, and where. Null: a person or a place that no forum knows. */
export interface Known {
  readonly forum: Forum | null;
  /** Name of the place when it was last heard of; null where no forum lives. */
  readonly placeName: string | null;
  readonly member: Member | null;
  readonly actor: Actor | null;
  /** Account as the forum has noted it. */
  readonly seen: SeenAccount | null;
  /** First answer of this act, if it was performed before. */
  readonly answer: View | null;
  readonly locale: Locale;
  readonly zone: string;
  /** Public address of the installation's pages, where that is known. */
  readonly publicUrl?: string | undefined;
  /** True: nothing says in which language a new forum is, so the person who starts one is asked. */
  readonly isLocaleOpen?: boolean;
  /** Addresses of the feeds of alerts that the operator allows. */
  readonly alertFeeds?: readonly string[];
}

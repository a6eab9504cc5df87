import type { View } from '../contract/view.ts';
import type { Actor } from '../domain/actor.ts';
import type { Forum } from '../domain/forums.ts';
import type { Member, SeenAccount } from '../domain/people.ts';
import type { Locale } from '../language/locale.ts';

/** Whose act it is, and where. Null: a person or a place that no forum knows. */
export interface Known {
  readonly forum: Forum | null;
  /** What the place was called when it was last heard of; null where no forum lives. */
  readonly placeName: string | null;
  readonly member: Member | null;
  readonly actor: Actor | null;
  /** What the forum has noted of the account. */
  readonly seen: SeenAccount | null;
  /** What this act was answered the first time, if it was performed before. */
  readonly answer: View | null;
  readonly locale: Locale;
  readonly zone: string;
  /** How the public reaches the installation's pages, where that is known. */
  readonly publicUrl?: string | undefined;
  /** Nothing says in which language a new forum is: whoever starts one is asked. */
  readonly isLocaleOpen?: boolean;
}

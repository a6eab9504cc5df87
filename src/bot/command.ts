import type { Given } from '../contract/act.ts';
import type { Invocation, View } from '../contract/view.ts';
import type { Messages } from '../language/messages.ts';
import type { ReadContext, WriteContext } from './act-context.ts';
import type { Kind } from './kinds.ts';
import type { Role } from './role.ts';

/** One option of an action: its kind reads and allows, and says what is accepted. */
export interface Option<T, Required extends boolean> {
  readonly kind: Kind<T>;
  readonly required: Required;
  /**
   * Options that replace this one: it is asked for like a required one, unless all of these are given, from which it
   * follows.
   */
  readonly unless?: readonly string[];
  /** The same where any of these is given. */
  readonly unlessAny?: readonly string[];
  /** The option that the first free text of a typed line fills. */
  readonly main: boolean;
  /** Names that it had before, in any language: they are still read where they are typed. */
  readonly former: readonly string[];
  /** Shown and asked for nowhere: only buttons fill it, such as where a page of a list begins. */
  readonly hidden: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: an action's options are of many types; Values gives each its own back.
export type AnyOption = Option<any, boolean>;
export type Options = Readonly<Record<string, AnyOption>>;

type RequiredKeys<O extends Options> = { [K in keyof O]: O[K] extends Option<infer _, true> ? K : never }[keyof O];
type ValueOf<O> = O extends Option<infer T, boolean> ? T : never;

/** The values an action is run with: required options are there, the others may be undefined. */
export type Values<O extends Options> = { readonly [K in RequiredKeys<O>]: ValueOf<O[K]> } & {
  readonly [K in Exclude<keyof O, RequiredKeys<O>>]: ValueOf<O[K]> | undefined;
};

export interface OptionWords {
  /** The option's name in this language, as typed and as Discord shows it: lower case, no blanks. */
  readonly name: string;
  readonly help: string;
}

export interface ActionWords<K extends string = string> {
  readonly name: string;
  readonly summary: string;
  /** Words behind the command's name in the help's example. */
  readonly example: string;
  readonly options: Readonly<Record<K, OptionWords>>;
}

/** Describes what stands, by option, as it would be typed; absent: nothing. */
export type CurrentValues = Readonly<Record<string, string | number | null | undefined>>;

interface Definition<O extends Options> {
  /** Two to four characters, for ever: old buttons carry it. */
  readonly id: string;
  /** The English name; empty for a command that has no subcommands. */
  readonly name: string;
  /** Names that it had before, in any language: they are still read where they are typed. */
  readonly former?: readonly string[];
  readonly words: (m: Messages) => ActionWords<keyof O & string>;
  /** Any of these roles suffices. There is no default: forgetting it does not compile. */
  readonly who: Role | readonly Role[];
  /** Returns who may in fact, where the thing itself narrows the roles: people are told so before they ask in vain. */
  readonly whoWords?: (m: Messages) => string;
  readonly options: O;
  /**
   * Present values of the thing that is to be changed: its form shows them, and those left as they are change nothing.
   */
  readonly stands?: (ctx: ReadContext, values: Values<O>) => Promise<CurrentValues> | CurrentValues;
  /** Returns the values of a button as it would be made now; buttons of earlier versions may say the same otherwise. */
  readonly ofButton?: (values: Invocation['values']) => Invocation['values'];
  /** Returns what helps to fill in an option, by its name, as far as is known from what was given: the last value. */
  readonly beside?: (ctx: ReadContext, given: Given) => Promise<Readonly<Record<string, string>>>;
  /** The id of the action that changes what this one makes: short forms leave the rest to it, behind a button. */
  readonly completedBy?: string;
  /** Listed nowhere, as its button knows what nobody would type; who types it all the same is understood. */
  readonly hidden?: boolean;
  /** The answer shows a secret, and so is not kept for a repeated act: that makes a new one. */
  readonly secret?: boolean;
  /**
   * Name under which it is counted and logged, if its own would tell what was chosen: one name for every way to cast a
   * ballot. Its forms are not counted, since only some choices open one.
   */
  readonly countedAs?: string;
  /** Number of acts that this one counts for, if it takes much of the machine or of people's attention; else one. */
  readonly cost?: number;
  /** Shows nothing of its own: it opens another action's form, filled in (`BeginForm`). */
  readonly opensForm?: boolean;
  /** True: may be run where no forum has been set up yet. */
  readonly outside?: boolean;
  /** Channels into which we shall post: those that are named, or else perhaps the one in which it is asked for. */
  readonly postsTo?: 'named' | 'named or here';
}

export interface Query<O extends Options> extends Definition<O> {
  readonly writes: false;
  run(ctx: ReadContext, values: Values<O>): Promise<View>;
}

export interface Mutation<O extends Options> extends Definition<O> {
  readonly writes: true;
  run(ctx: WriteContext, values: Values<O>): Promise<View>;
}

export type Action = Query<Options> | Mutation<Options>;

/** Defines an action that only reads. */
export const query = <O extends Options>(definition: Omit<Query<O>, 'writes'>): Action =>
  ({ ...definition, writes: false }) as Query<O> as unknown as Action;

/** Defines an action that changes something: it runs in one unit of work. */
export const mutation = <O extends Options>(definition: Omit<Mutation<O>, 'writes'>): Action =>
  ({ ...definition, writes: true }) as Mutation<O> as unknown as Action;

/** A root command: `/activity` with its actions. */
export interface Command {
  readonly name: string;
  readonly words: (m: Messages) => { readonly name: string; readonly summary: string };
  readonly actions: readonly Action[];
}

const optionOf = <T, R extends boolean>(
  kind: Kind<T>,
  required: R,
  main: boolean,
  former: readonly string[] = [],
): Option<T, R> => ({ kind, required, main, former, hidden: false });

/** The main option: the first free text fills it. */
export const main = <T>(kind: Kind<T>): Option<T, true> => optionOf(kind, true, true);
/** A main option that may be left out. */
export const mainOptional = <T>(kind: Kind<T>): Option<T, false> => optionOf(kind, false, true);
/** An option that follows from others: it is asked for unless all of those are given. */
export const requiredUnless = <T>(kind: Kind<T>, ...given: readonly string[]): Option<T, false> => ({
  ...optionOf(kind, false, false),
  unless: given,
});
/** Returns where a page of a list begins, filled by the button that leads to it. */
export const paging = <T>(kind: Kind<T>): Option<T, false> => ({ ...optionOf(kind, false, false), hidden: true });
/** The same, where any of those is given. */
export const requiredUnlessAny = <T>(kind: Kind<T>, ...given: readonly string[]): Option<T, false> => ({
  ...optionOf(kind, false, false),
  unlessAny: given,
});
export const required = <T>(kind: Kind<T>): Option<T, true> => optionOf(kind, true, false);
export const optional = <T>(kind: Kind<T>, ...former: readonly string[]): Option<T, false> =>
  optionOf(kind, false, false, former);

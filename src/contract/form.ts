/** The native input that fits best; each adapter has one for each. */
export type Input =
  | 'line'
  | 'paragraph'
  | 'whole'
  | 'number'
  | 'money'
  | 'date'
  | 'instant'
  | 'time'
  | 'choice'
  | 'flag'
  | 'entity'
  | 'member'
  | 'channel'
  | 'role'
  | 'file'
  | 'list';

/** One field of a form; what a platform's native input needs to know. */
export interface Field {
  readonly option: string;
  /** The option's name, by which it is typed. */
  readonly label: string;
  readonly help: string;
  /** Hint at the input that is taken, with an example; empty where that needs no word. */
  readonly accepts: string;
  /** Help with filling it in, such as the last value. */
  readonly beside?: string;
  readonly input: Input;
  /** For a list: the input for one of its entries, and the maximum number of entries. */
  readonly many?: { readonly input: Input; readonly max: number };
  readonly required: boolean;
  readonly value: string;
  readonly maxLength: number;
  /** Least and greatest number, of a whole one. */
  readonly bounds?: { readonly min: number; readonly max: number };
  /** Maximum number of files, of a field that takes some. */
  readonly files: number;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** Describes what is asked before an action can run. */
export interface Form {
  readonly title: string;
  /** The same in a few words that fit every platform's title: shown there where the whole does not fit. */
  readonly short: string;
  /**
   * The title is the name that people gave a thing: where it is too long its beginning is better than the short one.
   */
  readonly isThing?: true;
  /** Labels of the buttons below, where the platform does not name them itself. */
  readonly send: string;
  readonly cancel: string;
  readonly action: string;
  /** Carries what is known already, as an invocation or as the name of a kept draft; goes back with the fields. */
  readonly resume: string;
  readonly fields: readonly Field[];
  /** Number of its first fields that are never behind "more": what is missing or at fault, and what was begun. */
  readonly leading: number;
  /**
   * Fields that are left out can be filled in afterwards, behind a button of the answer: a short form asks for the
   * first ones.
   */
  readonly isCompletable?: true;
  /** Question whether to fill in more than fits, on a platform whose forms are short; `show`: a button that shows more. */
  readonly more: { readonly label: string; readonly save: string; readonly goOn: string; readonly show: string };
}

/**
 * Thrown by a query to open the form of another action, filled in with words to start from: nothing is done before the
 * person has seen and sent them. The query itself is marked with `opensForm`, since Discord wants a form as first
 * answer.
 */
export class BeginForm extends Error {
  override readonly name = 'BeginForm';
  /** The id of the action whose form is opened. */
  readonly action: string;
  /** Contents with which its fields begin, as they would be typed. */
  readonly values: Readonly<Record<string, string>>;

  /** The form asks for what does not stand yet, of a thing that the values name. */
  readonly isRest: boolean;
  /** Options that say what the form is about, as they would be typed; the form does not ask for them. */
  readonly about: Readonly<Record<string, string>>;

  constructor(
    action: string,
    values: Readonly<Record<string, string | null | undefined>>,
    {
      isRest = false,
      about = {},
    }: { readonly isRest?: boolean; readonly about?: Readonly<Record<string, string>> } = {},
  ) {
    super('begin a form');
    this.action = action;
    this.isRest = isRest;
    this.about = about;
    this.values = Object.fromEntries(Object.entries(values).filter((pair): pair is [string, string] => !!pair[1]));
  }
}

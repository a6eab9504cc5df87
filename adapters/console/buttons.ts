import { typedOf } from '../../src/bot/kinds.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { chosenIn } from '../../src/contract/menus.ts';
import type { Control } from '../../src/contract/view.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { catalogue } from '../../src/language/messages.ts';
import { fold } from '../../src/storage/words.ts';

/** A button or menu on the screen, and whose: null is everybody's. */
interface Shown {
  readonly control: Control;
  readonly seenBy: string | null;
}

/** Describes what pressing something is: the id of an action, with the values that it gives. */
export interface Press {
  readonly action: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Maximum number of buttons that the screen remembers; the oldest are forgotten. */
const KEPT = 500;
/** Maximum of labels that are named where one is not found. */
const NAMED = 8;

/** The buttons and menus that were shown so far, the newest last. */
export class Buttons {
  readonly #registry: Registry;
  #shown: readonly Shown[] = [];

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  show(controls: readonly Control[], seenBy: string | null): void {
    this.#shown = [...this.#shown, ...controls.map(control => ({ control, seenBy }))].slice(-KEPT);
  }

  /** Buttons of messages from before this session stand behind those that came since. */
  showBehind(controls: readonly Control[]): void {
    this.#shown = [...controls.map(control => ({ control, seenBy: null })), ...this.#shown];
  }

  /** Returns what can be pressed, the newest first. */
  labels(): string[] {
    const labels = this.#shown.flatMap(({ control }) =>
      control.kind === 'select' ? control.choices.map(choice => choice.label) : [control.label],
    );
    return [...new Set(labels.reverse())];
  }

  /** Lists the newest that can be pressed, as they are told where another was meant. */
  newest(): string {
    return this.labels()
      .slice(0, NAMED)
      .map(label => `“${cleanLine(label)}”`)
      .join(', ');
  }

  /**
   * The newest that is called `label`, in any language, or does that action: first of what this person sees, then of
   * what anybody does. Whether they may press it is for the bot to say.
   */
  find(label: string, account: string): Press | null {
    const wanted = fold(label);
    const isTheirs = ({ seenBy }: Shown): boolean => seenBy === null || seenBy === account;
    const newest = [...this.#shown].reverse();
    for (const { control } of [...newest.filter(isTheirs), ...newest.filter(one => !isTheirs(one))]) {
      const values = this.#valuesOf(control, wanted);
      if (values) return { action: control.does.action, values };
    }
    return null;
  }

  /** The values that pressing a control gives, if it is called `wanted`. */
  #valuesOf(control: Control, wanted: string): Readonly<Record<string, string>> | null {
    const { does } = control;
    if (control.kind === 'select') {
      const chosen = control.choices.find(({ value, label }) => fold(label) === wanted || fold(value) === wanted);
      if (!chosen) return null;
      const filled = Object.entries(chosenIn(control.fills, chosen.value));
      return { ...does.values, ...Object.fromEntries(filled.map(([option, raw]) => [option, typedOf(raw)])) };
    }
    const action = this.#registry.byId(does.action)!;
    const labels = Object.values(catalogue).map(
      m => (m.button as Readonly<Record<string, string>>)[control.name] ?? '',
    );
    const path = [this.#registry.commandOf(action).name, action.name];
    const names = [control.label, control.name, ...labels, action.id, action.name, path.join('.'), path.join(' ')];
    return names.some(name => name !== '' && fold(name) === wanted) ? does.values : null;
  }
}

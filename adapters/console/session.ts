import type { Act, Answer, Ask, Bot, Identity, Place } from '../../src/bot/act.ts';
import type { Form } from '../../src/bot/forms.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import { leadingWords } from '../../src/bot/parse.ts';
import type { RefusalCode } from '../../src/bot/refusal.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Control, View } from '../../src/bot/view.ts';
import type { Clock, Ids } from '../../src/clock.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { readDuration } from '../../src/language/dates.ts';
import { catalogue, type Messages } from '../../src/language/messages.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { fold } from '../../src/storage/words.ts';
import type { ConsoleAdapter } from './index.ts';
import { renderForm, renderView } from './render.ts';
import { noPaint, type Paint } from './text.ts';

/** What one input line came to, as `--json` prints it. */
export interface LineResult {
  readonly line: number;
  readonly actor: string;
  readonly ok: boolean;
  readonly text: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly posts: readonly { readonly to: string; readonly text: string }[];
}

/** What a session stands on. */
export interface ConsoleHouse {
  readonly bot: Bot & { readonly registry: Registry };
  readonly adapter: ConsoleAdapter;
  readonly ids: Ids;
  readonly clock: Clock;
  /** Sends what is due now. */
  settle(): Promise<void>;
  /** Moves the clock, stopping at each instant at which something falls due. */
  skip(ms: number): Promise<void>;
  readonly locale: () => Promise<Messages>;
  /** What stands in the channels since before this session. */
  standing(): Promise<readonly View[]>;
}

/** Buttons that are still on the screen, and who sees them: null is everybody. */
interface Shown {
  readonly control: Control;
  readonly seenBy: string | null;
}

type Reply = Omit<LineResult, 'line' | 'actor' | 'posts'>;

/** One conversation in the terminal: each input line is one act. */
export class Session {
  readonly #house: ConsoleHouse;
  readonly #paint: Paint;
  readonly #place: Place;
  #actor: string;
  #line = 0;
  #shown: Shown[] = [];
  #restored = false;
  readonly #forms = new Map<string, Form>();
  /** `:quit` was typed. */
  over = false;

  constructor(house: ConsoleHouse, options: { actor: string; workspace: string; paint?: Paint }) {
    this.#house = house;
    this.#paint = options.paint ?? noPaint;
    this.#actor = options.actor;
    this.#place = { platform: 'console', workspace: options.workspace, channel: 'console' };
  }

  get actor(): string {
    return this.#actor;
  }

  /** Does what a line says and shows what came of it, with everything that was sent because of it. */
  async run(input: string): Promise<LineResult> {
    const line = ++this.#line;
    const named = /^@([\p{L}\p{N}._-]+)\s+(.*)$/su.exec(input.trim());
    const actor = named?.[1] ?? this.#actor;
    const reply = await this.#reply(actor, named?.[2] ?? input.trim());
    await this.#house.settle();
    const posts = this.#house.adapter.take().map(({ to, view }) => {
      this.#show(view.controls.flat(), to.startsWith('@') ? fold(to.slice(1)) : null);
      return { to, text: renderView(view, this.#paint) };
    });
    return { line, actor, ...reply, posts };
  }

  /** Lines that the typed one may become by naming something of the forum, for completion on a terminal. */
  async completions(line: string): Promise<string[]> {
    const { bot, ids } = this.#house;
    const found = bot.registry.find(leadingWords(line));
    if (found.kind !== 'action') return [];
    const option = /\s([\p{L}_-]+):"?([^":]*)$/u.exec(line);
    const typed = option?.[2] ?? /\S*$/.exec(line)![0];
    const { action, command } = found;
    const key = Object.keys(action.options).find(one =>
      option
        ? [one, ...bot.registry.catalogues.map(m => action.words(m).options[one]!.name)].includes(option[1]!)
        : action.options[one]!.main,
    );
    if (!key) return [];
    const path = [command.name, action.name].filter(Boolean);
    const act = this.#act(this.#actor, { kind: 'chosen', path, given: {} }, ids.next());
    const before = line.slice(0, line.length - typed.length);
    return (await bot.suggest(act, key, typed)).map(({ value }) => `${before}${value}`);
  }

  async #reply(actor: string, line: string): Promise<Reply> {
    if (line === '' || line.startsWith('#')) return { ok: true, text: '' };
    const [verb, ...rest] = line.split(/\s+/);
    const argument = line.slice(verb!.length).trim();
    switch (verb) {
      case ':quit':
        this.over = true;
        return { ok: true, text: '' };
      case ':as':
        if (rest.length !== 1) return this.#unknown(line);
        this.#actor = rest[0]!.replace(/^@/, '');
        return { ok: true, text: '' };
      case ':click':
        return this.#click(actor, argument);
      case ':fill':
        return this.#fill(actor, argument);
      case ':skip': {
        const ms = readDuration(argument);
        if (ms === null) return this.#unknown(line);
        await this.#house.skip(ms);
        return { ok: true, text: '' };
      }
      default:
        return line.startsWith('/') ? this.#perform(actor, { kind: 'typed', line }) : this.#unknown(line);
    }
  }

  async #perform(actor: string, ask: Ask): Promise<Reply> {
    const act = this.#act(actor, ask, this.#house.ids.next());
    return this.#answered(act.who.account, ask, await this.#house.bot.perform(act));
  }

  #act(actor: string, ask: Ask, id: string): Act {
    return {
      key: `console:${id}`,
      place: this.#place,
      who: identity(actor),
      ask,
      memberOf: typed => (/^@?[\p{L}][^@#]{0,79}$/u.test(typed) ? identity(typed.replace(/^@/, '')) : null),
      channelOf: typed => (/^#?[\p{L}\p{N}_-]{1,80}$/u.test(typed) ? channel(typed.replace(/^#/, '')) : null),
    };
  }

  /** Shows an answer. A typed line that lacks options is refused; a button that lacks them opens its form. */
  async #answered(account: string, ask: Ask, answer: Answer): Promise<Reply> {
    if (answer.kind === 'view') {
      this.#forms.delete(account);
      this.#show(answer.view.controls.flat(), account);
      return { ok: true, text: renderView(answer.view, this.#paint) };
    }
    if (answer.kind === 'failed')
      return {
        ok: false,
        text: renderView(answer.view, this.#paint),
        error: { code: 'internal', message: answer.reference },
      };
    const refused = answer.kind === 'form' ? answer.refused : answer;
    const form = answer.kind === 'form' ? answer.form : answer.repair;
    if (form) this.#forms.set(account, form);
    const { core } = await this.#house.locale();
    if (answer.kind === 'form' && ask.kind === 'pressed' && ask.given === undefined)
      return { ok: true, text: renderForm(answer.form, core.formHint, this.#paint) };
    const hint = form ? `\n${renderForm(form, core.formHint, this.#paint)}` : '';
    const error = { code: refused.code, message: refused.message };
    return { ok: false, text: renderView(refused.view, this.#paint) + hint, error };
  }

  /** Presses the newest button that this person sees and that is called so, in any language, or does that action. */
  async #click(actor: string, argument: string): Promise<Reply> {
    await this.#restore();
    const account = identity(actor).account;
    const label = argument.replace(/^["“[]|["”\]]$/g, '');
    const wanted = fold(label);
    for (const { control, seenBy } of [...this.#shown].reverse()) {
      if (seenBy !== null && seenBy !== account) continue;
      const values = this.#valuesOf(control, wanted);
      if (!values) continue;
      const action = this.#house.bot.registry.byId(control.does.action)!;
      return this.#perform(actor, { kind: 'pressed', invocation: encodeInvocation(action, values) });
    }
    return this.#refused('not_found', core => core.noButton({ label: cleanLine(label) }));
  }

  /** Buttons of messages from before this session stand behind those that came since. */
  async #restore(): Promise<void> {
    if (this.#restored) return;
    this.#restored = true;
    const before = (await this.#house.standing()).flatMap(view => view.controls.flat());
    this.#shown = [...before.map(control => ({ control, seenBy: null })), ...this.#shown];
  }

  /** The values that pressing a control gives, if it is called `wanted`. */
  #valuesOf(control: Control, wanted: string): Readonly<Record<string, string>> | null {
    const { does } = control;
    if (control.kind === 'select') {
      const chosen = control.choices.find(choice => fold(choice.label) === wanted || choice.value === wanted);
      return chosen ? { ...does.values, [control.fills]: chosen.value } : null;
    }
    const { registry } = this.#house.bot;
    const action = registry.byId(does.action)!;
    const labels = Object.values(catalogue).map(
      m => (m.button as Readonly<Record<string, string>>)[control.name] ?? '',
    );
    const path = [registry.commandOf(action).name, action.name];
    const names = [control.label, control.name, ...labels, action.id, action.name, path.join('.'), path.join(' ')];
    return names.some(name => name !== '' && fold(name) === wanted) ? does.values : null;
  }

  async #fill(actor: string, argument: string): Promise<Reply> {
    const form = this.#forms.get(identity(actor).account);
    if (!form) return this.#refused('not_found', core => core.noForm);
    const action = this.#house.bot.registry.byId(form.action)!;
    const names = new Map<string, string>();
    for (const key of Object.keys(action.options))
      for (const name of [key, ...Object.values(catalogue).map(m => action.words(m).options[key]!.name)])
        names.set(fold(name), key);
    const given: Record<string, { typed: string }> = {};
    for (const [, name, quoted, bare] of argument.matchAll(/([\p{L}_-]+)=(?:["“]([^"”]*)["”]|(\S+))/gu)) {
      const key = names.get(fold(name!));
      if (!key)
        return this.#refused('invalid_option', core => core.unknownOption({ typed: cleanLine(name!), nearest: [] }));
      given[key] = { typed: quoted ?? bare ?? '' };
    }
    return this.#perform(actor, { kind: 'pressed', invocation: form.resume, given });
  }

  #unknown(typed: string): Promise<Reply> {
    return this.#refused('unknown_command', core => core.unknownCommand({ typed: cleanLine(typed), nearest: [] }));
  }

  async #refused(code: RefusalCode, say: (core: Messages['core']) => Text): Promise<Reply> {
    const { core } = await this.#house.locale();
    const said = say(core);
    const text = renderView(
      { title: core.notDone, tone: 'warning', blocks: [{ kind: 'text', text: said }], controls: [] },
      this.#paint,
    );
    return { ok: false, text, error: { code, message: plain(said) } };
  }

  #show(controls: readonly Control[], seenBy: string | null): void {
    this.#shown = [...this.#shown, ...controls.map(control => ({ control, seenBy }))].slice(-500);
  }
}

const identity = (name: string): Identity => ({ account: fold(name), home: '', name, admin: true });
const channel = (name: string) => ({ id: name, name });

import type { Act, Answer, Ask, Bot, Identity, Place } from '../../src/bot/act.ts';
import type { Form } from '../../src/bot/forms.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import { leadingWords } from '../../src/bot/parse.ts';
import type { RefusalCode } from '../../src/bot/refusal.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { View } from '../../src/bot/view.ts';
import type { Clock, Ids } from '../../src/clock.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { readDuration } from '../../src/language/dates.ts';
import { catalogue, type Messages } from '../../src/language/messages.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { fold } from '../../src/storage/words.ts';
import { Buttons } from './buttons.ts';
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
  /** Does what is due now, as often as it is asked: what fails rests, and is logged. */
  look(): Promise<void>;
  /** Moves the clock, stopping at each instant at which something falls due. */
  skip(ms: number): Promise<void>;
  readonly locale: () => Promise<Messages>;
  /** What stands in the channels since before this session. */
  standing(): Promise<readonly View[]>;
}

/** A form that is open, and who opened it. */
interface Opened {
  readonly actor: string;
  readonly form: Form;
}

type Reply = Omit<LineResult, 'line' | 'actor' | 'posts'> & { readonly actor?: string };

/** `@siti …` or `@"Bu Siti" …`: whoever does what follows. */
const NAMED = /^@(?:["“]([^"”\p{C}]{1,80})["”]|([\p{L}\p{N}._-]+))\s+(.*)$/su;

/** One conversation in the terminal: each input line is one act. */
export class Session {
  readonly #house: ConsoleHouse;
  readonly #paint: Paint;
  readonly #place: Place;
  #actor: string;
  #line = 0;
  readonly #buttons: Buttons;
  #restored = false;
  /** Forms that are open, by the account of whoever opened them, the newest last. */
  readonly #forms = new Map<string, Opened>();
  /** The account whose form the last act opened. */
  #opener: string | null = null;
  /** `:quit` was typed. */
  over = false;

  constructor(house: ConsoleHouse, options: { actor: string; workspace: string; paint?: Paint }) {
    this.#house = house;
    this.#paint = options.paint ?? noPaint;
    this.#buttons = new Buttons(house.bot.registry);
    this.#actor = options.actor;
    this.#place = { platform: 'console', workspace: options.workspace, channel: 'console' };
  }

  get actor(): string {
    return this.#actor;
  }

  /** Does what a line says and shows what came of it, with everything that was sent because of it. */
  async run(input: string): Promise<LineResult> {
    const line = ++this.#line;
    const named = NAMED.exec(input.trim());
    const actor = named?.[1] ?? named?.[2] ?? this.#actor;
    const reply = await this.#reply(actor, named?.[3] ?? input.trim(), named !== null);
    await this.#house.settle();
    return { line, actor, ...reply, posts: this.arrived() };
  }

  /** Does what has fallen due while nobody typed. */
  async look(): Promise<void> {
    await this.#house.look();
  }

  /** What was sent elsewhere since it was last asked for. */
  arrived(): LineResult['posts'] {
    return this.#house.adapter.take().map(({ to, view }) => {
      this.#buttons.show(view.controls.flat(), to.startsWith('@') ? fold(to.slice(1)) : null);
      return { to, text: renderView(view, this.#paint) };
    });
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

  async #reply(actor: string, line: string, named: boolean): Promise<Reply> {
    if (line === '' || line.startsWith('#')) return { ok: true, text: '' };
    const [verb] = line.split(/\s+/);
    const argument = line.slice(verb!.length).trim();
    switch (verb) {
      case ':quit':
        this.over = true;
        return { ok: true, text: '' };
      case ':as':
        return this.#become(argument);
      case ':click':
        return this.#click(actor, argument);
      case ':fill':
        return this.#fill(actor, argument, named);
      case ':skip':
        return this.#skip(argument);
      default:
        return line.startsWith('/') ? this.#perform(actor, { kind: 'typed', line }) : this.#unknown(line);
    }
  }

  /** Becomes whoever is named: one word or several, in quotes or not. */
  async #become(argument: string): Promise<Reply> {
    const name = cleanLine(argument.replace(/^@/, '').replace(/^["“]|["”]$/g, ''));
    if (name === '') return this.#needs(':as', core => core.acceptsMember);
    this.#actor = name;
    return { ok: true, text: '' };
  }

  async #skip(argument: string): Promise<Reply> {
    if (argument === '') return this.#needs(':skip', core => core.acceptsDuration);
    const ms = readDuration(argument);
    if (ms === null)
      return this.#refused('invalid_option', core =>
        core.invalidOption({ option: ':skip', typed: cleanLine(argument), accepts: core.acceptsDuration }),
      );
    await this.#house.skip(ms);
    return { ok: true, text: '' };
  }

  async #perform(actor: string, ask: Ask): Promise<Reply> {
    const act = this.#act(actor, ask, this.#house.ids.next());
    const answer = await this.#house.bot.perform(act);
    this.#keepForm(actor, answer);
    return this.#answered(act.who.account, ask, answer);
  }

  /** An answer may open a form; one that was given closes what was open. */
  #keepForm(actor: string, answer: Answer): void {
    const { account } = identity(actor);
    const form = answer.kind === 'form' ? answer.form : answer.kind === 'refused' ? answer.repair : null;
    if (form || answer.kind === 'view') this.#forms.delete(account);
    if (form) this.#forms.set(account, { actor, form });
    this.#opener = form ? account : null;
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
      this.#buttons.show(answer.view.controls.flat(), account);
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
    this.#buttons.show(refused.view.controls.flat(), account);
    const { core } = await this.#house.locale();
    if (answer.kind === 'form' && ask.kind === 'pressed' && ask.given === undefined)
      return { ok: true, text: renderForm(answer.form, core.formHint, this.#paint) };
    const hint = form ? `\n${renderForm(form, core.formHint, this.#paint)}` : '';
    const error = { code: refused.code, message: refused.message };
    return { ok: false, text: renderView(refused.view, this.#paint) + hint, error };
  }

  async #click(actor: string, argument: string): Promise<Reply> {
    await this.#restore();
    const label = argument.replace(/^["“[]|["”\]]$/g, '');
    const press = this.#buttons.find(label, identity(actor).account);
    if (!press) return this.#refused('not_found', core => core.noButton({ label: cleanLine(label) }));
    const action = this.#house.bot.registry.byId(press.action)!;
    return this.#perform(actor, { kind: 'pressed', invocation: encodeInvocation(action, press.values) });
  }

  async #restore(): Promise<void> {
    if (this.#restored) return;
    this.#restored = true;
    this.#buttons.showBehind((await this.#house.standing()).flatMap(view => view.controls.flat()));
  }

  /**
   * Submits the form that the last act opened, as whoever opened it; else one's own, else the newest. Who is named
   * submits their own.
   */
  async #fill(actor: string, argument: string, named: boolean): Promise<Reply> {
    const own = this.#forms.get(identity(actor).account);
    const last = this.#opener === null ? undefined : this.#forms.get(this.#opener);
    const opened = named ? own : (last ?? own ?? [...this.#forms.values()].at(-1));
    if (!opened) return this.#refused('not_found', core => core.noForm);
    const { form } = opened;
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
    const ask: Ask = { kind: 'pressed', invocation: form.resume, given };
    return { ...(await this.#perform(opened.actor, ask)), actor: opened.actor };
  }

  #needs(verb: string, accepts: (core: Messages['core']) => Text): Promise<Reply> {
    return this.#refused('missing_option', core => core.missingOption({ names: [verb], accepts: [accepts(core)] }));
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
}

const identity = (name: string): Identity => ({ account: fold(name), home: '', name, admin: true });
const channel = (name: string) => ({ id: name, name });

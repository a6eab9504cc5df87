import { bytesOf } from '../../src/adapter-kit/contents.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import { leadingWords } from '../../src/bot/parse.ts';
import { nearest } from '../../src/bot/registry.ts';
import type { Answer, Ask, Place } from '../../src/contract/act.ts';
import type { Form } from '../../src/contract/form.ts';
import type { RefusalCode } from '../../src/contract/refusal.ts';
import { type View, view } from '../../src/contract/view.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { readDuration, when } from '../../src/language/dates.ts';
import type { Messages } from '../../src/language/messages.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { fold } from '../../src/storage/words.ts';
import { actOf } from './acts.ts';
import { Buttons } from './buttons.ts';
import { type Completions, complete } from './completion.ts';
import type { ConsoleDeps, LineResult } from './deps.ts';
import { mayRemember } from './history.ts';
import { LINE_NAMES, type LineName, labelIn, readLine, wordAlone } from './lines.ts';
import { identity, namedIn } from './names.ts';
import { OpenForms, readFields } from './open-forms.ts';
import { renderForm, renderView } from './render.ts';
import { filesIn, type Held, saveFile } from './saving.ts';
import { noPaint, type Paint, textOf } from './text.ts';
import { linesView } from './welcome.ts';
import { wrapped } from './wrap.ts';

type Reply = Omit<LineResult, 'line' | 'actor' | 'posts'> & {
  readonly actor?: string;
  /** Text where nothing is sent because of the line. */
  readonly quiet?: string;
};

/** One conversation in the terminal: each input line is one act. */
export class Session {
  readonly #deps: ConsoleDeps;
  readonly #paint: Paint;
  readonly #width: () => number;
  readonly #place: Place;
  #actor: string;
  #line = 0;
  readonly #buttons: Buttons;
  #restored = false;
  readonly #forms = new OpenForms();
  /** The last file that an answer held, for `:save`. */
  #files: readonly Held[] = [];
  /** `:quit` was typed. */
  over = false;

  /** `width` tells how many columns the screen has now. */
  constructor(deps: ConsoleDeps, options: { actor: string; workspace: string; paint?: Paint; width?: () => number }) {
    this.#deps = deps;
    this.#paint = options.paint ?? noPaint;
    this.#width = options.width ?? (() => Number.POSITIVE_INFINITY);
    this.#buttons = new Buttons(deps.bot.registry);
    this.#actor = options.actor;
    this.#place = {
      platform: 'console',
      workspace: options.workspace,
      workspaceName: options.workspace,
      channel: 'console',
    };
  }

  get actor(): string {
    return this.#actor;
  }

  /** Does what a line says and shows what came of it, with everything that was sent because of it. */
  async run(input: string): Promise<LineResult> {
    const line = ++this.#line;
    const named = namedIn(input);
    const actor = named?.name ?? this.#actor;
    const { quiet, ...reply } = await this.#reply(actor, named?.rest ?? input.trim(), named !== null);
    await this.#deps.settle();
    const posts = this.arrived();
    return { line, actor, ...reply, text: posts.length ? reply.text : (quiet ?? reply.text), posts };
  }

  /** Does what has fallen due while nobody typed. */
  async look(): Promise<void> {
    await this.#deps.look();
  }

  /** Returns what was sent elsewhere since it was last asked for. */
  arrived(): LineResult['posts'] {
    return this.#deps.adapter.take().map(({ to, view }) => {
      this.#buttons.show(view.controls.flat(), to.startsWith('@') ? fold(to.slice(1)) : null);
      return { to, text: this.#render(view) };
    });
  }

  /** Returns what the end of the typed line may become, for completion on a terminal. */
  async completions(line: string): Promise<Completions> {
    const { bot, ids } = this.#deps;
    await this.#restore();
    const form = this.#forms.last?.form;
    const { m } = await this.#typist();
    const fields = form && bot.registry.byId(form.action)!.words(m).options;
    return complete(line, {
      registry: bot.registry,
      m,
      labels: this.#buttons.labels(),
      fields: fields ? form.fields.map(({ option }) => fields[option]?.name ?? option) : [],
      suggest: (command, action, option, typed) => {
        const path = [command.name, action.name].filter(Boolean);
        const ask = { kind: 'chosen', path, given: {} } as const;
        return bot.suggest(actOf(this.#place, namedIn(line)?.name ?? this.#actor, ask, ids.next()), option, typed);
      },
    });
  }

  /** Tells whether a line may be kept for the next session. */
  mayRemember(line: string): boolean {
    const { registry } = this.#deps.bot;
    const pressed = (label: string) => this.#buttons.find(label, this.#actor);
    return mayRemember(registry, line, label => registry.byId(pressed(label)?.action ?? '') ?? null);
  }

  /** Says one of the terminal's own sentences, no wider than the screen. */
  async says(which: 'openQuote' | 'stillTyped'): Promise<string> {
    return wrapped((await this.#words())[which], this.#width()).join('\n');
  }

  /** Finds the language and the zone of the person who types. */
  readonly #typist: () => ReturnType<ConsoleDeps['reader']> = () => this.#deps.reader(identity(this.#actor).account);

  async #words(): Promise<Messages['terminal']> {
    return (await this.#typist()).m.terminal;
  }

  #render(view: View): string {
    return renderView(view, this.#paint, this.#width());
  }

  #formOf(form: Form, { core }: Messages): string {
    return renderForm(form, core.formHint, this.#paint, this.#width());
  }

  async #reply(actor: string, line: string, named: boolean): Promise<Reply> {
    if (line === '' || line.startsWith('#')) return { ok: true, text: '' };
    if (line.startsWith('/')) return this.#perform(actor, { kind: 'typed', line });
    const own = readLine(line);
    if (own) return this.#own(own.name, own.argument, actor, named);
    const word = wordAlone(line);
    if (word === 'quit') return this.#own('quit', '', actor, named);
    if (word === 'help') {
      const { text, ...reply } = await this.#perform(actor, { kind: 'typed', line: '/help' });
      const more = wrapped(`  ${textOf((await this.#words()).more, this.#paint)}`, this.#width());
      return { ...reply, text: [text, ...more].join('\n') };
    }
    if (line.startsWith('@')) return this.#needs(cleanLine(line), ({ terminal }) => terminal.acceptsLine);
    return this.#unknown(line);
  }

  /** One of the console's own lines. */
  async #own(name: LineName, argument: string, actor: string, named: boolean): Promise<Reply> {
    switch (name) {
      case 'help':
        return { ok: true, text: this.#render(linesView(await this.#words())) };
      case 'quit':
        this.over = true;
        return { ok: true, text: '' };
      case 'as':
        return this.#become(argument);
      case 'click':
        return this.#click(actor, argument);
      case 'fill':
        return this.#fill(actor, argument, named);
      case 'skip':
        return this.#skip(argument);
      case 'save':
        return this.#save(argument);
    }
  }

  /** Writes a file of the last answer that held any where it is told to. */
  async #save(argument: string): Promise<Reply> {
    const typed = argument.replace(/^["“]|["”]$/g, '');
    if (typed === '') return this.#needs(':save', ({ terminal }) => terminal.acceptsFile);
    const saved = await saveFile(this.#files, typed, ({ content }) => bytesOf(content, this.#deps.bot));
    if (saved.why === 'none') return this.#refused('not_found', ({ terminal }) => terminal.noFile);
    if (saved.why === 'exists') return this.#refused('conflict', ({ terminal }) => terminal.fileExists(saved));
    if (saved.why === 'failed') return this.#refused('invalid_option', ({ terminal }) => terminal.cannotSave(saved));
    return { ok: true, text: this.#render(view((await this.#words()).saved(saved), { tone: 'good' })) };
  }

  /** Becomes the person who is named: one word or several, in quotes or not. */
  async #become(argument: string): Promise<Reply> {
    const name = cleanLine(argument.replace(/^@/, '').replace(/^["“]|["”]$/g, ''));
    if (name === '') return this.#needs(':as', ({ core }) => core.acceptsMember);
    this.#actor = name;
    return { ok: true, text: '' };
  }

  async #skip(argument: string): Promise<Reply> {
    if (argument === '') return this.#needs(':skip', ({ core }) => core.acceptsDuration);
    const ms = readDuration(argument);
    if (ms === null)
      return this.#refused('invalid_option', ({ core }) =>
        core.invalidOption({ option: ':skip', typed: cleanLine(argument), accepts: core.acceptsDuration }),
      );
    if (!(await this.#deps.mayMove())) return this.#refused('forbidden', ({ terminal }) => terminal.clockHeld);
    await this.#deps.skip(ms);
    const { m, locale, zone } = await this.#typist();
    const now = when(this.#deps.clock.now(), zone, locale);
    return { ok: true, text: '', quiet: this.#render(view(m.terminal.skipped({ now }))) };
  }

  async #perform(actor: string, ask: Ask): Promise<Reply> {
    const act = actOf(this.#place, actor, ask, this.#deps.ids.next());
    const answer = await this.#deps.bot.perform(act);
    this.#forms.keep(actor, act.who.account, answer);
    return this.#answered(act.who.account, ask, answer);
  }

  /** Shows an answer. A typed line that lacks options is refused; a button that lacks them opens its form. */
  async #answered(account: string, ask: Ask, answer: Answer): Promise<Reply> {
    if (answer.kind === 'view') {
      this.#buttons.show(answer.view.controls.flat(), account);
      this.#files = filesIn(answer.view, this.#files);
      return { ok: true, text: this.#render(answer.view) };
    }
    if (answer.kind === 'failed') {
      const error = { code: 'internal', message: answer.reference };
      return { ok: false, text: this.#render(answer.view), error };
    }
    const refused = answer.kind === 'form' ? answer.refused : answer;
    const form = answer.kind === 'form' ? answer.form : answer.repair;
    this.#buttons.show(refused.view.controls.flat(), account);
    const { m } = await this.#deps.reader(account);
    if (answer.kind === 'form' && ask.kind === 'pressed' && ask.given === undefined)
      return { ok: true, text: this.#formOf(answer.form, m) };
    const hint = form ? `\n${this.#formOf(form, m)}` : '';
    const error = { code: refused.code, message: plain(refused.message) };
    return { ok: false, text: this.#render(refused.view) + hint, error };
  }

  async #click(actor: string, argument: string): Promise<Reply> {
    const label = labelIn(argument);
    if (label === '') return this.#needs(':click', ({ terminal }) => terminal.acceptsLabel);
    await this.#restore();
    const press = this.#buttons.find(label, identity(actor).account);
    if (!press) {
      const labels = this.#buttons.newest();
      return this.#refused('not_found', ({ core }) => core.noButton({ label: cleanLine(label), labels }));
    }
    const action = this.#deps.bot.registry.byId(press.action)!;
    return this.#perform(actor, { kind: 'pressed', invocation: encodeInvocation(action, press.values) });
  }

  async #restore(): Promise<void> {
    if (this.#restored) return;
    this.#restored = true;
    this.#buttons.showBehind((await this.#deps.standing()).flatMap(view => view.controls.flat()));
  }

  /** Submits the form that is open, as the person who opened it. */
  async #fill(actor: string, argument: string, named: boolean): Promise<Reply> {
    const opened = this.#forms.wanted(identity(actor).account, named);
    if (!opened) return this.#refused('not_found', ({ core }) => core.noForm);
    const read = readFields(this.#deps.bot.registry, opened.form, argument);
    if ('stray' in read)
      return this.#refused('invalid_option', ({ core, terminal }) =>
        core.invalidOption({ option: ':fill', typed: cleanLine(read.stray), accepts: terminal.acceptsField }),
      );
    if ('unknown' in read)
      return this.#refused('invalid_option', ({ core }) =>
        core.unknownOption({ typed: cleanLine(read.unknown), nearest: [] }),
      );
    return { ...(await this.#perform(opened.actor, read.ask)), actor: opened.actor };
  }

  #needs(verb: string, accepts: (m: Messages) => Text): Promise<Reply> {
    return this.#refused('missing_option', m => m.core.missingOption({ names: [verb], accepts: [accepts(m)] }));
  }

  /** Refuses a line that is neither a command nor one of the console's, and names the nearest. */
  #unknown(line: string): Promise<Reply> {
    const typed = cleanLine(line);
    const [word = ''] = typed.split(' ');
    if (word.startsWith(':')) {
      const [near = ''] = nearest(word, LINE_NAMES);
      return this.#refused('unknown_command', ({ terminal }) => terminal.unknownLine({ typed: word, nearest: near }));
    }
    const found = this.#deps.bot.registry.find(leadingWords(line));
    return this.#refused('unknown_command', m =>
      found.kind === 'unknown' ? m.core.unknownCommand({ typed, nearest: [] }) : m.terminal.noSlash({ command: typed }),
    );
  }

  async #refused(code: RefusalCode, say: (m: Messages) => Text): Promise<Reply> {
    const { m } = await this.#typist();
    const said = say(m);
    const text = this.#render(view(m.core.notDone, { tone: 'warning', blocks: [{ kind: 'text', text: said }] }));
    return { ok: false, text, error: { code, message: plain(said) } };
  }
}

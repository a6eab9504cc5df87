import { bytesOf } from '../../src/adapter-kit/contents.ts';
import { encodeInvocation } from '../../src/bot/invocation.ts';
import { leadingWords } from '../../src/bot/parse.ts';
import { nearest } from '../../src/bot/registry.ts';
import type { Answer, Ask, Place } from '../../src/contract/act.ts';
import type { RefusalCode } from '../../src/contract/refusal.ts';
import { type View, view } from '../../src/contract/view.ts';
import { cleanLine } from '../../src/language/clean.ts';
import { readDuration } from '../../src/language/dates.ts';
import type { Messages } from '../../src/language/messages.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { fold } from '../../src/storage/words.ts';
import { actOf } from './acts.ts';
import { Buttons } from './buttons.ts';
import { type Completions, complete } from './completion.ts';
import type { ConsoleDeps, LineResult } from './deps.ts';
import { mayRemember } from './history.ts';
import { LINE_NAMES, type LineName, labelIn, readLine, wordAlone } from './lines.ts';
import { identity } from './names.ts';
import { OpenForms, readFields } from './open-forms.ts';
import { renderForm, renderView } from './render.ts';
import { fileFor, filesIn, type Held, saveFile } from './saving.ts';
import { noPaint, type Paint, textOf } from './text.ts';
import { linesView } from './welcome.ts';

type Reply = Omit<LineResult, 'line' | 'actor' | 'posts'> & { readonly actor?: string };

/** `@siti …` or `@"Bu Siti" …`: the person who does what follows. */
const NAMED = /^@(?:["“]([^"”\p{C}]{1,80})["”]|([\p{L}\p{N}._-]+))\s+(.*)$/su;

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
    const named = NAMED.exec(input.trim());
    const actor = named?.[1] ?? named?.[2] ?? this.#actor;
    const reply = await this.#reply(actor, named?.[3] ?? input.trim(), named !== null);
    await this.#deps.settle();
    return { line, actor, ...reply, posts: this.arrived() };
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
    const m = await this.#deps.locale();
    const fields = form && bot.registry.byId(form.action)!.words(m).options;
    return complete(line, {
      registry: bot.registry,
      m,
      labels: this.#buttons.labels(),
      fields: fields ? form.fields.map(({ option }) => fields[option]?.name ?? option) : [],
      suggest: (command, action, option, typed) => {
        const path = [command.name, action.name].filter(Boolean);
        const actor = NAMED.exec(line.trim());
        const ask = { kind: 'chosen', path, given: {} } as const;
        return bot.suggest(actOf(this.#place, actor?.[1] ?? actor?.[2] ?? this.#actor, ask, ids.next()), option, typed);
      },
    });
  }

  /** Tells whether a line may be kept for the next session. */
  mayRemember(line: string): boolean {
    const { registry } = this.#deps.bot;
    const pressed = (label: string) => this.#buttons.find(label, this.#actor);
    return mayRemember(registry, line, label => registry.byId(pressed(label)?.action ?? '') ?? null);
  }

  /** The terminal's own sentences, in the language of the conversation. */
  async words(): Promise<Messages['terminal']> {
    return (await this.#deps.locale()).terminal;
  }

  #render(view: View): string {
    return renderView(view, this.#paint, this.#width());
  }

  async #reply(actor: string, line: string, named: boolean): Promise<Reply> {
    if (line === '' || line.startsWith('#')) return { ok: true, text: '' };
    if (line.startsWith('/')) return this.#perform(actor, { kind: 'typed', line });
    const own = readLine(line);
    if (own) return this.#own(own.name, own.argument, actor, named);
    const word = wordAlone(line);
    if (word === 'quit') return this.#own('quit', '', actor, named);
    if (word === 'help') {
      const reply = await this.#perform(actor, { kind: 'typed', line: '/help' });
      return { ...reply, text: `${reply.text}\n  ${textOf((await this.words()).more, this.#paint)}` };
    }
    if (line.startsWith('@')) return this.#needs(cleanLine(line), ({ terminal }) => terminal.acceptsLine);
    return this.#unknown(line);
  }

  /** One of the console's own lines. */
  async #own(name: LineName, argument: string, actor: string, named: boolean): Promise<Reply> {
    switch (name) {
      case 'help':
        return { ok: true, text: this.#render(linesView(await this.words())) };
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
    const held = fileFor(this.#files, typed);
    if (!held) return this.#refused('not_found', ({ terminal }) => terminal.noFile);
    const saved = saveFile(held, await bytesOf(held.content, this.#deps.bot), typed);
    const { file } = saved;
    if ('why' in saved)
      return this.#refused(saved.why === 'exists' ? 'conflict' : 'invalid_option', ({ terminal }) =>
        saved.why === 'exists' ? terminal.fileExists({ file }) : terminal.cannotSave({ file }),
      );
    const title = (await this.words()).saved({ name: held.name, file });
    return { ok: true, text: this.#render(view(title, { tone: 'good' })) };
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
    return { ok: true, text: '' };
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
    if (answer.kind === 'failed')
      return {
        ok: false,
        text: this.#render(answer.view),
        error: { code: 'internal', message: answer.reference },
      };
    const refused = answer.kind === 'form' ? answer.refused : answer;
    const form = answer.kind === 'form' ? answer.form : answer.repair;
    this.#buttons.show(refused.view.controls.flat(), account);
    const { core } = await this.#deps.locale();
    if (answer.kind === 'form' && ask.kind === 'pressed' && ask.given === undefined)
      return { ok: true, text: renderForm(answer.form, core.formHint, this.#paint) };
    const hint = form ? `\n${renderForm(form, core.formHint, this.#paint)}` : '';
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
    const m = await this.#deps.locale();
    const said = say(m);
    const text = this.#render({
      title: m.core.notDone,
      tone: 'warning',
      blocks: [{ kind: 'text', text: said }],
      controls: [],
    });
    return { ok: false, text, error: { code, message: plain(said) } };
  }
}

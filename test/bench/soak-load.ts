import type { Act, Answer, Ask, Bot } from '../../src/contract/act.ts';

const PARTNERS = 20;
const MEMBERS = 60;
const REPORTS = 20;
/** A vote is open this long; the scheduler closes it, and the next one is proposed. */
const VOTE_MS = 4 * 60_000;

/** Verdicts on an act of the load: a bug, or a refusal that was not meant. */
export type Verdict = 'good' | 'repaired' | 'refused' | 'failed';

/** One forum under load: what it has so far, by the numbers of its codes, and fifty kinds of acts in turn. */
export class LoadedForum {
  readonly #bot: Bot;
  readonly #workspace: string;
  readonly #made = { activity: 0, issue: 0, resolved: 0, indicator: 0, strategy: 0 };
  #reports = 0;
  #closesAt = 0;
  #acts = 0;
  #keys = 0;

  constructor(bot: Bot, workspace: string) {
    this.#bot = bot;
    this.#workspace = workspace;
  }

  /** Sets the forum up: partners, each with a representative, a goal, an indicator, a vote and an issue. */
  async setUp(): Promise<void> {
    await this.#must('w0', `/forum setup ${this.#workspace} announce:umum issues:isu coordinators:koor`);
    await this.#must('w0', '/goal add "Siap sebelum hujan" due:31/12/2030');
    for (let n = 0; n < PARTNERS; n++) {
      await this.#must('w0', `/partner add "Mitra ${n}" sector:ngo`);
      await this.#must(`w${n}`, '/me show');
      await this.#must('w0', `/partner assign w${n} partner:"Mitra ${n}" role:representative`);
    }
    for (let n = PARTNERS; n < MEMBERS; n++) await this.#must(`w${n}`, '/me show');
    await this.#newIndicator();
    await this.#newVote(Date.now());
    for (let n = 0; n < 3; n++) await this.#raise(n);
  }

  /** The next act of the mix. */
  async next(): Promise<Verdict> {
    const n = this.#acts++;
    const made = this.#made;
    const member = `w${(n * 7) % MEMBERS}`;
    const sits = `w${(n * 7) % PARTNERS}`;
    switch (n % 25) {
      case 0:
      case 5:
      case 10:
        return await this.#vote(sits, { kind: 'typed', line: `/strategy vote S-${made.strategy} agree` });
      case 1:
      case 6:
      case 11:
        return await this.#vote(sits, { kind: 'pressed', invocation: `1.sv.S-${made.strategy}.abstain` });
      case 2:
      case 7:
      case 12: {
        const line = `/activity log "Latihan evakuasi ke-${n}" kind:training participants:${n % 90} partners:"Mitra ${n % PARTNERS}" goal:T-1`;
        return await this.#counts('activity', member, line);
      }
      case 3:
      case 8:
        return await this.#report(n);
      case 13:
        return await this.#raise(n);
      case 14:
        return await this.#resolve();
      case 15:
        return await this.#say(member, `/issue comment I-${made.issue} text:"Sudah dilihat, ${n}"`);
      case 4:
        return await this.#say(member, '/activity list');
      case 9:
        return await this.#say(member, '/activity search "evakuasi ke-1"');
      case 16:
        return await this.#say(member, `/strategy show S-${made.strategy}`);
      case 17:
        return await this.#say(member, '/issue list');
      case 18:
        return await this.#say(member, '/indicator list');
      case 19:
        return await this.#say(member, `/activity show K-${1 + (n % Math.max(1, made.activity))}`);
      case 20:
        return await this.#say(member, '/me tasks');
      case 21:
        return await this.#suggests(member, ['activity', 'show'], 'activity', `K-${n % 100}`);
      case 22:
        return await this.#suggests(member, ['issue', 'show'], 'issue', 'banj');
      case 23:
        return await this.#repaired(member, n);
      default:
        return await this.#opened(member);
    }
  }

  async #newVote(now: number): Promise<void> {
    this.#closesAt = now + VOTE_MS;
    await this.#must('w0', '/strategy propose "Sirene di dermaga" rationale:aman closes:4m urgent:uji');
    this.#made.strategy++;
  }

  /** The vote that is open; where it has just closed the next one is opened first. */
  async #vote(voter: string, ask: Ask): Promise<Verdict> {
    if (Date.now() > this.#closesAt - 5_000) {
      await this.#newVote(Date.now());
      return 'good';
    }
    return verdict(await this.#perform(voter, ask));
  }

  async #newIndicator(): Promise<void> {
    const partners = Array.from({ length: REPORTS }, (_, n) => `Mitra ${n}`).join(', ');
    await this.#must(
      'w0',
      `/indicator add "Keluarga siaga" unit:orang target:900 frequency:monthly aggregate:sum partner:"${partners}" goal:T-1`,
    );
    this.#made.indicator++;
    this.#reports = 0;
  }

  /** Each partner reports once; then the indicator is retired, and a new one takes its place. */
  async #report(n: number): Promise<Verdict> {
    const partner = this.#reports++;
    const now = this.#made.indicator;
    if (partner < REPORTS) return await this.#say(`w${partner}`, `/indicator report N-${now} value:${n % 100}`);
    if (partner === REPORTS) return await this.#say('w0', `/indicator retire N-${now} reason:"diganti"`);
    // Nothing is to be reported before the new one has come.
    if (partner > REPORTS + 1) return await this.#say('w0', '/indicator due');
    await this.#newIndicator();
    return 'good';
  }

  #raise(n: number): Promise<Verdict> {
    return this.#counts('issue', `w${n % MEMBERS}`, `/issue raise "Banjir di muara ke-${n}" severity:high detail:"x"`);
  }

  #resolve(): Promise<Verdict> {
    return this.#say('w0', `/issue resolve I-${++this.#made.resolved} resolution:"Sudah bersih"`);
  }

  /** A number that is none is refused; the form is filled in again, and the act is done. */
  async #repaired(account: string, n: number): Promise<Verdict> {
    const ask: Ask = { kind: 'typed', line: `/activity log "Rapat ${n}" participants:banyak` };
    const answer = await this.#perform(account, ask);
    if (answer.kind !== 'refused' || !answer.repair) return verdict(answer) === 'failed' ? 'failed' : 'refused';
    const given = { participants: { typed: '12' } };
    const again = await this.#perform(account, { kind: 'pressed', invocation: answer.repair.resume, given });
    if (again.kind === 'view') this.#made.activity++;
    return again.kind === 'view' ? 'repaired' : verdict(again);
  }

  async #opened(account: string): Promise<Verdict> {
    const answer = await this.#perform(account, { kind: 'pressed', invocation: '1.al' });
    return answer.kind === 'form' ? 'good' : verdict(answer);
  }

  async #suggests(account: string, path: string[], option: string, typed: string): Promise<Verdict> {
    await this.#bot.suggest(this.#act(account, { kind: 'chosen', path, given: {} }), option, typed);
    return 'good';
  }

  async #counts(thing: 'activity' | 'issue', account: string, line: string): Promise<Verdict> {
    const came = await this.#say(account, line);
    if (came === 'good') this.#made[thing]++;
    return came;
  }

  async #say(account: string, line: string): Promise<Verdict> {
    return verdict(await this.#perform(account, { kind: 'typed', line }));
  }

  async #must(account: string, line: string): Promise<void> {
    const answer = await this.#perform(account, { kind: 'typed', line });
    if (answer.kind !== 'view') throw new Error(`${line}: ${JSON.stringify(answer)}`);
  }

  #perform(account: string, ask: Ask): Promise<Answer> {
    return this.#bot.perform(this.#act(account, ask));
  }

  #act(account: string, ask: Ask): Act {
    return {
      key: `soak:${this.#workspace}:${++this.#keys}`,
      place: { platform: 'console', workspace: this.#workspace, channel: 'umum' },
      who: { account, home: '', name: account, admin: true },
      ask,
      memberOf: name => ({ account: name, home: '', name, admin: false }),
      channelOf: name => ({ id: name, name }),
    };
  }
}

/** Judges the answer to an act that was meant to succeed. */
export const verdict = (answer: Answer): Verdict =>
  answer.kind === 'view' ? 'good' : answer.kind === 'failed' ? 'failed' : 'refused';

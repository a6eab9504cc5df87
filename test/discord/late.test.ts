import { Client } from 'discord.js';
import { expect, it } from 'vitest';
import { Answers } from '../../adapters/discord/answers.ts';
import type { Asked } from '../../adapters/discord/asked.ts';
import { answersRestOf } from '../../adapters/discord/rest-limits.ts';
import { registryOf } from '../../src/app/app.ts';
import type { Act, Answer, Bot } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import { view } from '../../src/contract/view.ts';
import { PATIENT_MS } from '../charts/patient.ts';

/**
 * A Discord that takes no call of an interaction's token in time, and says afterwards what stands there. `putOff`: it takes
 * that an answer comes later, and only the first edit hangs.
 */
function hanging({ stands, putOff = false }: { readonly stands: boolean; readonly putOff?: boolean }) {
  const client = new Client({ intents: [] });
  const calls: string[] = [];
  const ended: string[] = [];
  const hang = (method: string) => (_: string, options: { readonly signal: AbortSignal }) => {
    calls.push(method);
    return new Promise<never>((_, fail) => {
      options.signal.addEventListener('abort', () => {
        ended.push(method);
        fail(Object.assign(new Error('This operation was aborted'), { name: 'AbortError' }));
      });
    });
  };
  const get = async () => {
    calls.push('get');
    if (!stands) throw new Error('Unknown Webhook');
    return {};
  };
  const take = (method: string) => async () => void calls.push(method);
  const first = { post: putOff ? take('post') : hang('post'), patch: hang('patch') };
  const rest = Object.assign(answersRestOf('http://127.0.0.1:1/api'), {
    post: first.post,
    patch: (...call: Parameters<typeof first.patch>) =>
      putOff && calls.includes('patch') ? take('patch')() : first.patch(...call),
    get,
  }) as Asked['rest'];
  const direct: string[] = [];
  const logged: string[] = [];
  const far = { speak: async () => void direct.push('direct') };
  const answers = new Answers({
    registry: registryOf(),
    log: createLog(
      { level: 'info', format: 'json' },
      () => new Date(0),
      line => logged.push(line),
    ),
    painter: { paint: async () => null } as never,
    firstWord: { quick: putOff ? 0 : PATIENT_MS, form: PATIENT_MS, sent: 1, later: 1, files: 1 },
    far: far as never,
    linkOf: () => null,
  });
  const webhook = { client, token: 'token' } as Asked['webhook'];
  const show = (since: number) => {
    const perform = async () => {
      while (putOff && !calls.length) await new Promise(setImmediate);
      return ANSWER;
    };
    const bot = { first: () => 'answer', perform, content: async () => [] } as unknown as Bot;
    const asked: Asked = { id: '1', user: '2', webhook, rest, application: '3', isOwn: false, since };
    return answers.show(bot, asked, {} as Act, true);
  };
  return { show, calls, ended, direct, logged };
}

const ANSWER: Answer = { kind: 'view', view: view('Kegiatan tercatat') };
/** An act that has just come, of which no first word is too late yet. */
const justNow = () => performance.now() + PATIENT_MS;

it('a first word that Discord has taken, of which we heard too late, is not said again directly', async () => {
  const there = hanging({ stands: true });
  await there.show(justNow());
  expect([there.calls, there.direct]).toEqual([['post', 'get'], []]);
});

it('a first word that Discord has not taken in time is ended, not tried again, and said directly, once', async () => {
  const there = hanging({ stands: false });
  await there.show(justNow());
  expect([there.calls, there.ended, there.direct]).toEqual([['post', 'get'], ['post'], ['direct']]);
  expect(there.logged.join()).toContain('did not hear a first word in time');
});

it('Y8: a first word that found no place in the time that Discord waits is not sent any more', async () => {
  const there = hanging({ stands: false });
  await there.show(performance.now() - PATIENT_MS);
  expect([there.calls, there.direct]).toEqual([[], ['direct']]);
});

it('an edit that took too long may stand all the same: it is said once more in its place, and not directly', async () => {
  const there = hanging({ stands: true, putOff: true });
  await there.show(justNow());
  expect([there.calls, there.ended, there.direct]).toEqual([['post', 'patch', 'patch'], ['patch'], []]);
});

import type { webApi } from '@slack/bolt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { User } from './slack/model.ts';
import { refusal } from './slack/outcome.ts';
import { actions, button, dataTable, input, long, plain, row, section, table, text, times } from './slack/samples.ts';
import type { Slack } from './slack/slack.ts';
import { aClient, closeAll } from './slack/started.ts';

let slack: Slack;
let client: webApi.WebClient;
let ana: User;

beforeAll(async () => {
  ({ slack, client, ana } = await aClient());
});

afterAll(closeAll);

const call = (method: string, args: object) => refusal(client.apiCall(method, { ...args }));
const home = (...blocks: object[]) => call('views.publish', { user_id: ana.id, view: { type: 'home', blocks } });
function open(more: object, ...blocks: object[]) {
  const { payload } = slack.shortcut('catat', ana);
  const view = { type: 'modal', title: plain('Catat'), submit: plain('Simpan'), blocks, ...more };
  return call('views.open', { trigger_id: payload.trigger_id, view });
}

describe('forms with', () => {
  it.each<[string, object, object[], string]>([
    ['a title of 24', { title: plain(long(24)) }, [], 'accepted'],
    ['a title of 25', { title: plain(long(25)) }, [], 'less than 25 characters [json-pointer:/view/title/text]'],
    ['a submit of 25', { submit: plain(long(25)) }, [], '/view/submit/text]'],
    ['a close of 25', { close: plain(long(25)) }, [], '/view/close/text]'],
    ['100 blocks', {}, times(100, () => section('a')), 'accepted'],
    ['101 blocks', {}, times(101, () => section('a')), '/view/blocks]'],
    ['private_metadata of 3,001', { private_metadata: long(3001) }, [], '/view/private_metadata]'],
    ['a callback_id of 256', { callback_id: long(256) }, [], '/view/callback_id]'],
    ['an external_id of 256', { external_id: long(256) }, [], '/view/external_id]'],
    ['inputs but no submit', { submit: undefined }, [input(text())], 'must define `submit`'],
    ['one action_id in several blocks', {}, [input(text()), input(text())], 'accepted'],
    ['a label of 2,001', {}, [input(text(), { label: plain(long(2001)) })], '/label/text]'],
    ['a hint of 2,001', {}, [input(text(), { hint: plain(long(2001)) })], '/hint/text]'],
    ['a longest text of 3,001', {}, [input(text({ max_length: 3001 }))], '/max_length]'],
    [
      'a prefilled text beyond its own longest',
      {},
      [input(text({ max_length: 3, initial_value: 'abcd' }))],
      '/initial_value]',
    ],
    [
      'a number that says nothing of decimals',
      {},
      [input({ type: 'number_input', action_id: 'n' })],
      'is_decimal_allowed',
    ],
    [
      'a date that is none',
      {},
      [input({ type: 'datepicker', action_id: 'd', initial_date: '24/11' })],
      'invalid format',
    ],
    ['11 files', {}, [input({ type: 'file_input', action_id: 'f', max_files: 11 })], '/max_files]'],
    [
      'files that act at once',
      {},
      [input({ type: 'file_input', action_id: 'f' }, { dispatch_action: true })],
      '/dispatch_action]',
    ],
    [
      'two fields in focus',
      {},
      [input(text({ focus_on_load: true })), input(text({ focus_on_load: true }))],
      'focus_on_load',
    ],
    ['a button as input', {}, [input(button())], 'unsupported type: button'],
    ['an input as button', {}, [actions(text())], 'unsupported type: plain_text_input'],
    ['a table', {}, [table([row('a')])], 'unsupported type: table'],
    ['an alert', {}, [{ type: 'alert', text: plain('a'), level: 'warning' }], 'accepted'],
    ['an alert of 201', {}, [{ type: 'alert', text: plain(long(201)) }], '/text/text]'],
    ['a Home tab instead', { type: 'home' }, [], 'unsupported type: home'],
  ])('%s', async (_, more, blocks, expected) => {
    const { code, where } = await open(more, ...blocks);
    if (expected === 'accepted') expect([code, where]).toEqual(['accepted', '']);
    else expect({ code, where }).toEqual({ code: 'invalid_arguments', where: expect.stringContaining(expected) });
  });

  it('more than 250 kB are refused as view_too_large', async () => {
    expect((await open({}, ...times(90, () => section(long(2900))))).code).toBe('view_too_large');
  });

  it('a refused form leaves its trigger good', async () => {
    const { payload } = slack.shortcut('catat', ana);
    const again = (view: object) => call('views.open', { trigger_id: payload.trigger_id, view });
    const view = { type: 'modal', title: plain('Catat'), blocks: [] };
    expect((await again({ ...view, title: plain('') })).code).toBe('invalid_arguments');
    expect((await again(view)).code).toBe('accepted');
  });

  it('an external_id that another open form has are refused', async () => {
    const budi = slack.addUser('Budi');
    const { payload } = slack.shortcut('catat', budi);
    const view = { type: 'modal', title: plain('Catat'), blocks: [], external_id: 'draf-1' };
    expect((await call('views.open', { trigger_id: payload.trigger_id, view })).code).toBe('accepted');
    expect((await open({ external_id: 'draf-1' })).code).toBe('duplicate_external_id');
  });
});

describe('Home tabs with', () => {
  it.each<[string, object[], string]>([
    ['100 blocks', times(100, () => section('a')), 'accepted'],
    ['101 blocks', times(101, () => section('a')), 'invalid_arguments'],
    ['a data table', [dataTable({})], 'accepted'],
    ['a table', [table([row('a')])], 'invalid_arguments'],
    ['markdown', [{ type: 'markdown', text: 'a' }], 'invalid_arguments'],
    ['the same button in two blocks', [actions(button()), actions(button())], 'accepted'],
  ])('%s are answered rightly', async (_, blocks, expected) => {
    expect((await home(...blocks)).code).toBe(expected);
  });

  it('an old hash are refused', async () => {
    const view = { type: 'home', blocks: [] };
    expect((await call('views.publish', { user_id: ana.id, view, hash: '1.old' })).code).toBe('hash_conflict');
  });
});

describe('modals', () => {
  /** A person before whom a modal lies, and how to put others on top. */
  async function shown(...blocks: object[]) {
    const person = slack.addUser('Gita');
    const trigger = () => slack.shortcut('catat', person).payload.trigger_id;
    const view = { type: 'modal', title: plain('Catat'), submit: plain('Simpan'), blocks };
    await client.apiCall('views.open', { trigger_id: trigger(), view });
    return { person, view, push: () => call('views.push', { trigger_id: trigger(), view }), top: slack.modal(person)! };
  }

  it('lie on top of each other three deep', async () => {
    const { push } = await shown();
    expect([(await push()).code, (await push()).code, (await push()).code]).toEqual([
      'accepted',
      'accepted',
      'push_limit_reached',
    ]);
  });

  it('are used from the top only', async () => {
    const { push, top, person } = await shown();
    await push();
    expect(() => slack.submitView(top, {}, person)).toThrow('another modal lies on top');
  });

  it('keep what was typed into a field with the same ids', async () => {
    const { top, view, person } = await shown({ ...input(text()), block_id: 'judul' });
    slack.submitView(top, { Judul: 'Rapat' }, person);
    const blocks = [
      { ...input(text()), block_id: 'judul' },
      { ...input(text()), block_id: 'baru' },
    ];
    await client.apiCall('views.update', { view_id: top.id, view: { ...view, blocks } });
    expect([top.state.judul?.v, top.state.baru?.v]).toMatchObject([{ value: 'Rapat' }, { value: null }]);
  });

  it('are changed by their newest hash only, and not when they are closed', async () => {
    const { top, view, person } = await shown();
    const update = (hash: string) => call('views.update', { view_id: top.id, view, hash });
    const old = top.hash;
    expect((await update(old)).code).toBe('accepted');
    expect((await update(old)).code).toBe('hash_conflict');
    slack.closeView(top, person);
    expect((await update(top.hash)).code).toBe('not_found');
  });

  it('and Home tabs call nobody, or it is seen', async () => {
    const calling = { type: 'section', text: { type: 'mrkdwn', text: '<!everyone>' } };
    await home(section('<!everyone>'));
    expect(slack.pings).toEqual([]);
    await home(calling);
    await home(section('a'));
    expect(slack.pings).toEqual(['everyone']);
  });
});

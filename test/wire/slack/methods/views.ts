import { textOf } from '../../discord/json.ts';
import { SlackError } from '../errors.ts';
import type { Exchange } from '../exchange.ts';
import type { Trigger, View } from '../model.ts';
import { renderView } from '../render.ts';
import { openModal, publishHome, updateModal } from '../viewing.ts';
import { bot, type Call, type Method, need } from './call.ts';

/** Modals and Home tabs. https://docs.slack.dev/reference/methods#views */
export const views: Record<string, Method> = {
  'views.open': bot(null, call => ({ view: open(call, () => null) })),
  'views.push': bot(null, call => ({
    view: open(call, exchange => {
      const top = call.world.stack(exchange.parts.user).at(-1);
      if (!top) throw new SlackError('not_found');
      return top;
    }),
  })),
  'views.update': bot(null, call => {
    const { world, team, args } = call;
    const [viewId, externalId] = [textOf(args.view_id), textOf(args.external_id)];
    if (viewId === '' && externalId === '') need(call, 'view_id');
    const view = [...world.views.values()].find(
      v => v.teamId === team.id && v.open && (v.id === viewId || (viewId === '' && v.json.external_id === externalId)),
    );
    if (!view) throw new SlackError('not_found');
    updateModal(world, view, args.view, textOf(args.hash));
    return { view: renderView(world, view) };
  }),
  'views.publish': bot(null, call => {
    const { world, team, args } = call;
    const user = world.person(team, need(call, 'user_id'));
    const view = publishHome(world, team, user, args.view, textOf(args.hash));
    return { view: renderView(world, view) };
  }),
};

/** Changes a trigger into a modal. A view that is refused leaves the trigger as it was. */
function open(call: Call, on: (exchange: Exchange) => View | null) {
  const trigger = triggerOf(call, need(call, 'trigger_id'));
  const view = openModal(call.world, trigger.exchange, call.args.view, on(trigger.exchange));
  trigger.state = 'used';
  return renderView(call.world, view);
}

function triggerOf({ world, team, stage }: Call, id: string): Trigger {
  const trigger = world.triggers.get(id);
  if (!trigger || trigger.exchange.parts.team.id !== team.id) throw new SlackError('invalid_trigger_id');
  if (trigger.state === 'used') throw new SlackError('exchanged_trigger_id');
  const isOld = performance.now() - trigger.bornAt > stage.answerWithinMs;
  if (trigger.state === 'expired' || isOld) throw new SlackError('expired_trigger_id');
  return trigger;
}

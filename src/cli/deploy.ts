import { registryOf } from '../app/app.ts';
import { defineVerb, say, UsageError } from './verb.ts';

/** Registers the Discord commands now, or prints their JSON. */
export const deployVerb = defineVerb({
  options: { 'dry-run': true },
  takes: {},
  async run({ settings, words }, given) {
    const { commandsJson, deployCommands } = await import('../../adapters/discord/register.ts');
    const json = commandsJson(registryOf());
    if (given['dry-run']) say(JSON.stringify(json, null, 2));
    else if (!settings.discord) throw new UsageError(wrong => wrong.deploy);
    else say(words.registered({ n: (await deployCommands(settings.discord, json)).length }));
    return 0;
  },
});

import type { Names } from './effects.ts';

/**
 * Changes a command's text as Slack does under `should_escape`: `&`, `<` and `>` are escaped, people and channels typed
 * by name and addresses become `<…>`. https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export function escapeCommand(text: string, names: Names): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .replaceAll(/https?:\/\/[^\s|]+/g, address => `<${address}>`)
    .replaceAll(/(?<![\p{L}\p{N}_/])@([\p{L}\p{N}_.-]+)/gu, (typed, name: string) => {
      const id = names.users.get(name.toLowerCase());
      return id ? `<@${id}|${name.toLowerCase()}>` : typed;
    })
    .replaceAll(/(?<![\p{L}\p{N}_/&])#([\p{L}\p{N}_-]+)/gu, (typed, name: string) => {
      const id = names.channels.get(name.toLowerCase());
      return id ? `<#${id}|${name.toLowerCase()}>` : typed;
    });
}

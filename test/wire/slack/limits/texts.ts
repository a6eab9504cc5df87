import { type Json, type JsonObject, objectOf, objectsOf, textOf } from '../../discord/json.ts';
import type { Path, Problems } from './problems.ts';

interface TextRule {
  readonly max: number;
  readonly required?: boolean;
  /** Only plain text may stand here. */
  readonly plain?: boolean;
}

/** A text object. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export function checkText(p: Problems, at: Path, value: Json | undefined, { max, required, plain }: TextRule): void {
  const text = p.object(at, value, { required: required ?? false });
  if (!text) return;
  const type = textOf(text.type);
  if (type !== 'plain_text' && (plain || type !== 'mrkdwn')) {
    return void p.add([...at, 'type'], type === 'mrkdwn' ? 'must be plain_text' : `unsupported type: ${type}`);
  }
  p.only(at, text, type === 'mrkdwn' ? ['type', 'text', 'verbatim'] : ['type', 'text', 'emoji']);
  p.flag([...at, 'verbatim'], text.verbatim);
  p.flag([...at, 'emoji'], text.emoji);
  p.string([...at, 'text'], text.text, { min: 1, max, required: true });
}

/** Rule of one kind of menu for its options. */
export interface OptionRule {
  readonly max: number;
  readonly markup?: boolean;
  readonly url?: boolean;
}

/** Options of a menu. https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export function checkOptions(p: Problems, at: Path, value: Json | undefined, rule: OptionRule): void {
  const seen = new Set<string>();
  p.list(at, value, { min: 1, max: rule.max, required: true }).forEach((option, i) => {
    checkOption(p, [...at, i], option, rule);
    const { value: given } = objectOf(option);
    if (typeof given !== 'string') return;
    if (seen.has(given)) p.add([...at, i, 'value'], 'must be unique among the options');
    seen.add(given);
  });
}

/** One option. Its value may be 150 long by the documentation; types say 75, which our own code keeps. */
export function checkOption(p: Problems, at: Path, value: Json | undefined, { markup, url }: Omit<OptionRule, 'max'>) {
  const option = p.object(at, value);
  if (!option) return;
  p.only(at, option, ['text', 'value', 'description', ...(url ? ['url'] : [])]);
  checkText(p, [...at, 'text'], option.text, { max: 75, required: true, plain: !markup });
  p.string([...at, 'value'], option.value, { min: 1, max: 150, required: true });
  if (option.description !== undefined) {
    checkText(p, [...at, 'description'], option.description, { max: 75, plain: !markup });
  }
  p.string([...at, 'url'], option.url, { max: 3000 });
}

/** Groups of options. https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object */
export function checkOptionGroups(p: Problems, at: Path, value: Json | undefined): void {
  p.list(at, value, { min: 1, max: 100, required: true }).forEach((item, i) => {
    const group = p.object([...at, i], item);
    if (!group) return;
    p.only([...at, i], group, ['label', 'options']);
    checkText(p, [...at, i, 'label'], group.label, { max: 75, required: true, plain: true });
    checkOptions(p, [...at, i, 'options'], group.options, { max: 100 });
  });
}

/** An option chosen from the start must be one of the options, to the letter. */
export function checkInitial(p: Problems, at: Path, value: Json | undefined, element: JsonObject): void {
  if (value === undefined) return;
  if (!p.object(at, value)) return;
  const groups = objectsOf(element.option_groups).flatMap(group => objectsOf(group.options));
  const known = [...objectsOf(element.options), ...groups].map(option => JSON.stringify(sorted(option)));
  if (!known.includes(JSON.stringify(sorted(value)))) p.add(at, 'must be one of the provided options');
}

function sorted(value: Json | undefined): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  const parts = Object.entries(value).filter(([key, inner]) => key !== 'emoji' && inner !== undefined);
  return Object.fromEntries(parts.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

/** A question before an act. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function checkConfirm(p: Problems, at: Path, value: Json | undefined): void {
  const confirm = p.object(at, value);
  if (!confirm) return;
  p.only(at, confirm, ['title', 'text', 'confirm', 'deny', 'style']);
  checkText(p, [...at, 'title'], confirm.title, { max: 100, required: true, plain: true });
  checkText(p, [...at, 'text'], confirm.text, { max: 300, required: true });
  checkText(p, [...at, 'confirm'], confirm.confirm, { max: 30, required: true, plain: true });
  checkText(p, [...at, 'deny'], confirm.deny, { max: 30, required: true, plain: true });
  p.oneOf([...at, 'style'], confirm.style, ['primary', 'danger']);
}

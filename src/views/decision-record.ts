import type { RenderContext } from '../contract/render-context.ts';
import { codeOf } from '../domain/codes.ts';
import { positionsByName } from '../domain/strategies/positions-by-name.ts';
import type { Strategy } from '../domain/strategies/store.ts';
import { formatInstant } from '../language/dates.ts';
import { plain } from '../language/text.ts';
import { arithmeticText, reasonText, shownOverride } from './ballot.ts';
import { csvOf } from './csv.ts';
import { ruleText } from './rules.ts';

/** Tells how each unit stood, a row each; of a secret vote only who took part. */
async function rowsOf(context: RenderContext, strategy: Strategy): Promise<string[][]> {
  const { m, zone, locale } = context;
  const w = m.strategy;
  const all = await positionsByName(context.db, strategy);
  return all.map(one => {
    const hidden = strategy.rule.secret && one.choice !== 'recuse';
    const choice = hidden ? (one.voted ? w.voted : w.notVoted) : one.choice ? w.choices[one.choice] : w.notVoted;
    const sectors: Readonly<Record<string, string>> = m.partner.sectors;
    return [
      one.name,
      one.sector ? (sectors[one.sector] ?? '') : '',
      choice,
      one.reason ?? '',
      one.castAt ? formatInstant(one.castAt, zone, locale) : '',
      one.proxy ?? '',
    ];
  });
}

const headOf = ({ m }: RenderContext): string[] => {
  const c = m.strategy.columns;
  return [c.unit, c.sector, c.choice, c.reason, c.at, c.proxy];
};

/** The positions of a decision as CSV. */
export const decisionCsv = async (context: RenderContext, strategy: Strategy): Promise<string> =>
  csvOf([headOf(context), ...(await rowsOf(context, strategy))]);

const cell = (value: string): string => value.replace(/[\\|`*_<>[\]#]/g, '\\$&').replace(/\s+/g, ' ');

/** The whole record of a decision as Markdown: text, rule, arithmetic, outcome, positions. */
export async function decisionMarkdown(context: RenderContext, strategy: Strategy): Promise<string> {
  const { m, zone, locale } = context;
  const w = m.strategy;
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const facts: [string, string | null][] = [
    [w.change, strategy.change],
    [w.rationale, plain(reasonText(m, strategy))],
    [w.rule, plain(ruleText(m, strategy.rule))],
    [w.opens, formatInstant(strategy.openedAt ?? strategy.opensAt, zone, locale)],
    [w.closes, formatInstant(strategy.closedAt ?? strategy.closesAt, zone, locale)],
    [w.outcome, strategy.outcome && w.outcomes[strategy.outcome]],
    [w.arithmetic, strategy.arithmetic && plain(arithmeticText(m, strategy, strategy.arithmetic))],
    [w.closeReason, strategy.closeReason],
    [w.urgent, strategy.rule.urgent ?? null],
    [w.overrideReason, shownOverride(strategy)],
  ];
  return [
    `# ${codeOf('strategy', strategy.number)} ${cell(strategy.title)}`,
    '',
    ...facts.flatMap(([label, value]) => (value ? [`- ${label}: ${cell(value)}`] : [])),
    '',
    line(headOf(context)),
    line(headOf(context).map(() => '---')),
    ...(await rowsOf(context, strategy)).map(line),
    '',
  ].join('\n');
}

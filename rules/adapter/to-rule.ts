/**
 * Turns a detector into an ESLint rule. Owns how a finding is said in ESLint: its place, its one line, the rule's option.
 * Must not know how anything is found, and no single rule.
 */
import type { Rule } from 'eslint';
import { detectors, remedies } from '../../src/core.js';
import { placeIn, wordingOf, type Confidence, type Finding, type NotedPlace } from '../../src/model/finding.js';
import type { Repair } from '../../src/model/remedy.js';
import { ownPackage } from '../../src/project/own-package.js';
import { find, type Found } from './find.js';

/** The option of every rule. */
export interface RuleOptions {
  /** The least confidence at which the rule speaks; `likely` where nothing is said. */
  readonly confidence?: Confidence;
}

const RANK: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };
const DEFAULT: Required<RuleOptions> = { confidence: 'likely' };

export function toRule(id: string): Rule.RuleModule {
  const rule = detectors.find((each) => each.id === id);
  if (!rule) throw new Error(`There is no detector \`${id}\`.`);
  const own = remedies.filter((each) => each.rules.includes(id));
  return {
    meta: {
      type: 'problem',
      hasSuggestions: own.length > 0,
      ...(own.some((each) => each.isPlain) ? { fixable: 'code' } : {}),
      docs: { description: rule.summary, recommended: true, url: `${ownPackage().homepage.replace(/#.*$/, '')}/blob/main/docs/rules/${id}.md` },
      messages: { finding: '{{what}} {{where}}{{fix}}', ...(own.length > 0 ? { repair: '{{repair}}' } : {}) },
      schema: [
        {
          type: 'object',
          properties: { confidence: { enum: Object.keys(RANK), description: 'The least confidence at which the rule speaks.' } },
          additionalProperties: false,
        },
      ],
      defaultOptions: [DEFAULT],
      languages: ['js/js'],
    },
    create(context) {
      return {
        'Program:exit'() {
          const { sourceCode, filename, physicalFilename, cwd, settings } = context;
          const found = find({ sourceCode, filename, physicalFilename, cwd, settings });
          if (!found) return;
          // ESLint before 9.15 knows no default options.
          const { confidence } = { ...DEFAULT, ...(context.options[0] as RuleOptions | undefined) };
          for (const finding of found.findings) {
            if (finding.rule !== id || RANK[finding.confidence] > RANK[confidence]) continue;
            const place = placeIn(finding, found.path);
            if (!place) continue;
            const { what, fix } = wordingOf(rule, finding);
            context.report({
              messageId: 'finding',
              loc: { start: sourceCode.getLocFromIndex(place.span[0]), end: sourceCode.getLocFromIndex(place.span[1]) },
              data: { what, where: where(finding, place, found), fix },
              ...(own.length > 0 ? repairing(found.repair(finding)) : {}),
            });
          }
        },
      };
    },
  };
}

/** A repair as ESLint takes it: a fix where it cannot alter what a test means, else a suggestion. */
function repairing(repair: Repair): Pick<Rule.ReportDescriptorOptions, 'fix' | 'suggest'> {
  if (repair.kind === 'refusal') return {};
  const fix = (fixer: Rule.RuleFixer): Rule.Fix[] => repair.edits.map(({ span: [from, to], text }) => fixer.replaceTextRange([from, to], text));
  return repair.isPlain ? { fix } : { suggest: [{ messageId: 'repair', data: { repair: repair.says }, fix }] };
}

/** The condition of what is only possible, and one other place: in another file rather than in this one, since a line is all there is. */
function where(finding: Finding, place: NotedPlace, { path, lineOf }: Found): string {
  const others = finding.places.filter((each) => each.path !== path || lineOf(each) !== lineOf(place));
  const other = others.find((each) => each.path !== path) ?? others[0];
  const at = other && (other.path === path ? `line ${lineOf(other)}` : `\`${other.path}:${lineOf(other)}\``);
  return `${finding.condition === undefined ? '' : `Condition: ${finding.condition}. `}${other ? `See ${at}: ${other.note}. ` : ''}`;
}

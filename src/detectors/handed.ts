/**
 * Names that test files hand to one helper so that it keeps them apart, and that two of them hand alike: the copied
 * `dbSchema: 'posts'`. It knows what is handed over and what was claimed behind it, and follows no call itself.
 */
import { GIVES_WAY } from '../model/claims.js';
import type { Axis, Finding } from '../model/finding.js';
import type { Audited, FileStory, Handed } from '../model/suite.js';
import { copiesOf, groupsOf, lastWord, type Given } from './separators.js';
import { distinct, isPrivate, noted, plural, sharedText } from './sharing.js';

export interface HandedNames {
  readonly rule: string;
  readonly axis: readonly Axis[];
  /** Options and parameters that the rule is about, by their last word. */
  readonly names: RegExp;
  /** Of these, the ones that say enough by themselves: a helper that gets one opens what it names, even where all files hand over the same. */
  readonly plain?: RegExp;
  readonly values: RegExp;
  /** `database`, `queue`: for the title. */
  readonly noun: string;
  /** Also what files hand to functions of their own that go by one name: a helper that was copied. */
  readonly copies?: true;
}

/** Names of functions that open what they are given a name for. */
export const OPENS =
  /^(create|start|setup|set_up|init|initialize|open|connect|with|use|boot|launch|make|run|new|get|prepare|provision|build|spawn|mount|default)/i;

export function handedNames(audited: Audited, of: HandedNames, known: readonly Finding[]): Finding[] {
  const out: Finding[] = [];
  // What is typed into a page, or looked for on it, is text: nobody sees what lies behind the page.
  const isAsked = ({ handed, story }: Given): boolean =>
    of.names.test(lastWord(handed.as)) && of.values.test(handed.text) && !handed.onPage && !isKeptApart(story, handed);
  for (const { to, as, helps, repeated, isMeantToDiffer } of [...groupsOf(audited, isAsked), ...(of.copies ? copiesOf(audited, isAsked) : [])]) {
    const isOpening = OPENS.test(to.split('#').at(-1)!);
    const saysEnough = helps && of.plain?.test(lastWord(as)) === true && isOpening;
    // Product code may take a name for anything: `defineEntity({ tableName: 'orders' })` opens nothing.
    if (!(isMeantToDiffer && (helps || isOpening)) && !saysEnough) continue;
    for (const each of repeated) {
      const places = each.files.map((file, index) => {
        const { at } = each.given.find((one) => one.story.file === file)!.handed;
        return noted(at, index === 0 ? 'the name is decided here' : 'and here, in another file');
      });
      if (known.some((finding) => isAbout(finding, each.text))) continue;
      const title = `${of.noun} \`${each.text}\` (\`${as}\`)`;
      // Handed to what makes it and to what removes it again.
      if (out.some(({ resource, files }) => resource.title === title && files.join() === each.files.join())) continue;
      out.push({
        rule: of.rule,
        axis: of.axis,
        confidence: 'likely',
        files: each.files,
        places: distinct(places),
        resource: { key: `handed|${of.noun}|${to}|${as}|${each.text}`, title },
        values: {
          name: `\`${each.text}\``,
          port: each.text,
          title: `${capital(of.noun)} \`${each.text}\`, handed over as \`${as}\`,`,
          count: plural(each.files.length, 'test file'),
          wipes: '',
          reason: audited.schedule.why,
        },
      });
    }
  }
  return out;
}

/** What the helper was seen to open with it differs for every worker, test or call after all, or it goes on with another one. */
function isKeptApart(story: FileStory, handed: Handed): boolean {
  return story.claims.some(
    (claim) =>
      claim.via.some((place) => place.path === handed.at.path && place.span[0] <= handed.at.span[0] && handed.at.span[1] <= place.span[1]) &&
      (claim.note === GIVES_WAY || (claim.resource.kind !== 'filesystem' && claim.resource.kind !== 'network-port' && isPrivate(claim.resource))),
  );
}

const isAbout = ({ resource: { resource } }: Finding, text: string): boolean =>
  resource !== undefined && [resource.name, resource.namespace, resource.unit].some((name) => name !== undefined && sharedText(name) === text);
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { factsOf, parseWithOxc, runners } from '../../src/core.js';
import { placeIn } from '../../src/model/finding.js';
import { regionOf } from '../../src/model/place.js';
import { configReader } from '../../src/project/config-reader.js';
import { discover } from '../../src/project/discover.js';
import { openProject } from '../../src/project/project.js';
import { auditOneFile } from '../../src/project/one-file.js';
import { scan } from '../../src/project/scan.js';
import { sourceTexts } from '../../src/project/source-texts.js';
import { walk } from '../../src/project/walk.js';
import { rules } from '../../rules/index.js';
import { folderOf, lint, projects, sortedSaid, type Said } from './projects.js';

/** What a scan says of each test file alone: the whole project is listed, and oxc parses. */
function scannedAlone(root: string): { readonly files: readonly string[]; readonly said: readonly Said[] } {
  const project = openProject(walk(root));
  const texts = sourceTexts(project.walk, (path, text) => factsOf(path, text, parseWithOxc), undefined);
  const { suites } = discover(project, runners, configReader(project, texts));
  const files = [...new Set(suites.flatMap((suite) => suite.testFiles))].sort();
  const said = files.flatMap((path) => {
    const suite = suites.find((each) => each.testFiles.includes(path))!;
    const facts = texts.facts(path)!;
    return auditOneFile({ path, text: texts.text(path)!, facts, suite, texts }).findings.flatMap((finding): Said[] => {
      const place = rules[finding.rule] ? placeIn(finding, path) : undefined;
      if (!place) return [];
      const { startLine, startColumn } = regionOf(facts.lines, place.span);
      return [{ rule: finding.rule, path, line: startLine, column: startColumn }];
    });
  });
  return { files, said };
}

describe('each file alone', () => {
  test.each(projects)('ESLint says of %s what a scan says', (name) => {
    const root = folderOf(name);
    const { files, said } = scannedAlone(root);
    expect(sortedSaid(files.flatMap((path) => lint(root, path)))).toEqual(sortedSaid(said));
  });

  test('there is something to say', () => {
    const said = projects.flatMap((name) => scannedAlone(folderOf(name)).said);
    expect(said.length).toBeGreaterThan(40);
  });
});

describe('with the index', () => {
  test.each(projects)('ESLint says of %s what a scan of all files says', async (name) => {
    const root = folderOf(name);
    const folder = mkdtempSync(join(tmpdir(), 'isolation-audit-index-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const index = join(folder, 'index.json');
    const report = await scan({ root, cache: false, index });
    const files = walk(root).files.filter((path) => /\.[cm]?[jt]sx?$/.test(path));
    const expected = (path: string): readonly Said[] =>
      report.findings.flatMap((finding): Said[] => {
        const place = rules[finding.rule] ? placeIn(finding, path) : undefined;
        return place ? [{ rule: finding.rule, path, line: place.region.startLine, column: place.region.startColumn }] : [];
      });
    expect(sortedSaid(files.flatMap((path) => lint(root, path, index)))).toEqual(sortedSaid(files.flatMap(expected)));
    // A text that is not the indexed one is read anew, and changes nothing here.
    const tests = report.files.map((file) => file.path);
    expect(sortedSaid(tests.flatMap((path) => lint(root, path, index, '\n// typed just now\n')))).toEqual(sortedSaid(tests.flatMap(expected)));
  });
});

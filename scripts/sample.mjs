// Draws findings at likely or better from JSON reports, the same ones for the same seed, and prints them as a Markdown table for readers to
// judge. Reads reports and nothing else.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `node scripts/sample.mjs --seed N REPORT.json[=URL] ...

  REPORT.json=URL  a report in JSON, and where its files can be read: https://github.com/owner/name/blob/COMMIT
  --seed N         a whole number, fixed before the reports are made
  --count N        findings to draw (default 100)
  --per-rule N     at most so many of one rule (default 10)
  --per-report N   at most so many of one report (default 30)
`;

const { values, positionals } = readArguments();
const found = positionals.flatMap((each) => {
  const [file, url] = each.split(/=(.*)/s);
  const { findings } = JSON.parse(readFileSync(file, 'utf8'));
  return findings.filter((finding) => finding.confidence !== 'possible').map((finding) => ({ finding, report: basename(file, '.json'), url }));
});
const order = shuffled(
  found.sort((a, b) => compare(keyOf(a), keyOf(b))),
  Number(values.seed),
);
const drawn = [];
const taken = new Map();
for (const each of order) {
  const limits = [
    [`rule ${each.finding.rule}`, Number(values['per-rule'])],
    [`report ${each.report}`, Number(values['per-report'])],
  ];
  if (drawn.length >= Number(values.count) || limits.some(([key, most]) => (taken.get(key) ?? 0) >= most)) continue;
  for (const [key] of limits) taken.set(key, (taken.get(key) ?? 0) + 1);
  drawn.push(each);
}
drawn.sort((a, b) => compare(a.finding.rule, b.finding.rule) || compare(keyOf(a), keyOf(b)));
console.log(`${drawn.length} of ${found.length} findings at *likely* or better, drawn with seed ${values.seed}.\n`);
console.log('| # | rule | confidence | place | message |\n| - | - | - | - | - |');
drawn.forEach((each, index) =>
  console.log(`| ${[index + 1, each.finding.rule, each.finding.confidence, placeOf(each), messageOf(each.finding)].join(' | ')} |`),
);

function readArguments() {
  try {
    const read = parseArgs({
      options: {
        seed: { type: 'string' },
        count: { type: 'string', default: '100' },
        'per-rule': { type: 'string', default: '10' },
        'per-report': { type: 'string', default: '30' },
      },
      allowPositionals: true,
    });
    if (!/^\d+$/.test(read.values.seed ?? '')) throw new Error('Give a seed: a whole number.');
    if (read.positionals.length === 0) throw new Error('Name at least one report.');
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** Fisher-Yates over numbers of the generator mulberry32. */
function shuffled(list, seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const out = [...list];
  for (let last = out.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [out[last], out[other]] = [out[other], out[last]];
  }
  return out;
}

function keyOf({ finding, report }) {
  const [{ path, region }] = finding.places;
  return `${report}|${path}|${String(region?.startLine ?? 0).padStart(6, '0')}|${finding.rule}|${finding.resource?.key ?? ''}`;
}

function placeOf({ finding, report, url }) {
  const [{ path, region }] = finding.places;
  const line = region?.startLine ?? 1;
  return url ? `[${report}: ${path}:${line}](${url}/${encodeURI(path)}#L${line})` : `${report}: ${path}:${line}`;
}

function messageOf({ wording }) {
  return `${wording.what} ${wording.why}`.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { REPORT_FILE, type Report } from '../model/report.js';
import { cacheFolder } from './cache-folder.js';
import { isObject } from './json-file.js';
import type { Walk } from './walk.js';
import { writeFileAtomic } from './write-file.js';

const MARK = 'isolation-audit report';

/** What package managers write last, whatever they install. */
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity'];

/** Files of folders above the project that can say something about it. */
const ABOVE = ['package.json', 'tsconfig.json', 'tsconfig.base.json'];

export interface KeptReport {
  read(): Report | undefined;
  /** A cache that cannot be written is no failure. */
  write(report: Report): void;
}

/** The report of the last scan, valid while no file of the project, no setting, no installed package and no tool has changed. */
export function keptReport(files: Walk, version: string, asked: unknown): KeptReport {
  const file = join(cacheFolder(files.root), 'report.json');
  const stamp = stampOf(files, version, asked);
  return {
    read() {
      try {
        const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
        return isObject(kept) && kept['kind'] === MARK && kept['stamp'] === stamp ? (kept['report'] as unknown as Report) : undefined;
      } catch {
        // None yet, or damaged: it is made again.
        return undefined;
      }
    },
    write(report) {
      try {
        writeFileAtomic(file, JSON.stringify({ kind: MARK, stamp, report }));
      } catch {
        // A read-only checkout: the next run is slower, nothing else.
      }
    },
  };
}

/** Changes with each file of the project but those that are written as reports, with installed packages, with the tool, and with what is asked for. */
export function stampOf(files: Walk, version: string, asked: unknown, reports: readonly string[] = []): string {
  const hash = createHash('sha1');
  hash.update(JSON.stringify([MARK, version, ownStamp(), asked]));
  for (const path of files.files) {
    // What a scan writes is no reason for another.
    if (basename(path) === REPORT_FILE || reports.includes(join(files.root, path))) continue;
    const stat = files.stat(path);
    hash.update(`\n${path}:${stat?.size}:${stat?.mtimeMs}:${stat?.ctimeMs}`);
    if (basename(path) === 'package.json') for (const each of INSTALLED) hash.update(stampAt(join(files.root, dirname(path), 'node_modules', each)));
  }
  for (let dir = dirname(files.root); !existsSync(join(dir, '..', '.git')) && dirname(dir) !== dir; dir = dirname(dir)) {
    for (const each of [...ABOVE, ...INSTALLED.map((name) => `node_modules/${name}`)]) hash.update(stampAt(join(dir, each)));
  }
  for (const gap of files.gaps) hash.update(`\n${gap.path}:${gap.why}`);
  return hash.digest('base64');
}

function stampAt(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return `\n${path}:${stat?.size}:${stat?.mtimeMs}`;
}

/** Changes with every build of the tool itself. */
const ownStamp = (): string => stampAt(fileURLToPath(import.meta.url));

import type { Report } from '../model/report.js';
import { writeForUser } from '../project/write-file.js';
import type { ReportOptions } from '../reporters/index.js';
import { reporters } from '../reporters/index.js';
import { colorLevel } from './colors.js';
import { shown, wayToRoot, type Target } from './outputs.js';
import { whileWriting } from './signals.js';
import type { World } from './world.js';

interface Delivery {
  readonly wanted: readonly Target[];
  readonly root: string;
  readonly color: boolean;
  /** Writes more files before the report, and gives a line for each. */
  readonly first?: () => readonly string[];
}

/** Writes the files of a report, then prints the rest of it. */
export async function deliver(report: Report, { wanted, root, color, first }: Delivery, world: World): Promise<void> {
  const written = await whileWriting(async () => {
    const lines = [...(first?.() ?? [])];
    for (const { format, file } of wanted) {
      if (file === undefined) continue;
      writeForUser(file, (await reporters[format]())(report, { toRoot: wayToRoot(file, root) }), 'the report');
      lines.push(`Report: ${shown(file, world.cwd)}`);
    }
    return lines;
  });
  for (const { format } of wanted.filter((target) => target.file === undefined)) {
    const page: ReportOptions = {
      color: colorLevel(world, world.stdout, color),
      written,
      ...(world.stdout.columns === undefined ? {} : { width: world.stdout.columns }),
    };
    world.stdout.write((await reporters[format]())(report, page));
  }
}

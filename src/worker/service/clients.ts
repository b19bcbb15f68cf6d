/** The project's own clients. None is a dependency of ours: what tests talk through creates what they talk to. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Client {
  readonly name: string;
  /** The module, its default export where that is all it has. */
  readonly module: unknown;
}

/** The first of these packages that the project has. */
export async function clientOf(what: string, names: readonly string[], from: string): Promise<Client> {
  const require = createRequire(join(from, 'package.json'));
  for (const name of names) {
    const module = await loaded(require, name);
    if (module !== undefined) return { name, module };
  }
  throw new Error(`${what} needs one of the packages ${names.join(', ')}, and none is found from ${from}. Install one, or say by \`from\` where it is.`);
}

async function loaded(require: NodeJS.Require, name: string): Promise<unknown> {
  let path: string;
  try {
    path = require.resolve(name);
  } catch {
    return undefined;
  }
  try {
    return require(name) as unknown;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_REQUIRE_ESM') throw error;
    return (await import(pathToFileURL(path).href)) as unknown;
  }
}

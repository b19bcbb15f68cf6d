import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readText } from './read-text.js';
import { errorCode, errorText, UserError } from './user-error.js';

/**
 * The default export of our own configuration file: the one code of the project that is run. Node reads TypeScript itself from
 * 22.18 on; elsewhere, and for syntax that cannot be stripped, `typescript` is loaded, at a cost of 150 ms and only then.
 */
export async function loadModule(file: string, shown: string): Promise<unknown> {
  try {
    return defaultOf(await import(pathToFileURL(file).href));
  } catch (error) {
    if (errorCode(error) === 'ERR_MODULE_NOT_FOUND' && errorText(error).includes("'isolation-audit'")) return transpiled(file, shown);
    if (
      !/\.[cm]?ts$/.test(file) ||
      !/^ERR_(?:UNKNOWN_FILE_EXTENSION|UNSUPPORTED_TYPESCRIPT_SYNTAX|INVALID_TYPESCRIPT_SYNTAX|NO_TYPESCRIPT)$/.test(errorCode(error) ?? '')
    )
      throw failed(shown, error);
  }
  return transpiled(file, shown);
}

async function transpiled(file: string, shown: string): Promise<unknown> {
  const text = readText(file).text;
  if (text === undefined) throw new UserError(`Cannot read ${shown}.`);
  const { default: ts } = await import('typescript');
  const { outputText } = ts.transpileModule(text, { fileName: file, compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } });
  // Beside the original, so that its imports are found; in a folder of its own, so that nothing of the user's is touched.
  const folder = mkdtempSync(join(dirname(file), '.isolation-audit-'));
  try {
    const target = join(folder, `${basename(file)}.mjs`);
    // Run by npx the package is not installed beside the file: what it imports from here comes from here.
    const own = JSON.stringify(new URL('../index.js', import.meta.url).href);
    const linked = outputText.replace(/(\bfrom\s*)(["'])isolation-audit\2/g, (_, start: string) => start + own);
    writeFileSync(
      target,
      linked.replace(
        /(\bfrom\s*|\bimport\s*\(?\s*)(["'])\.(\.?)\//g,
        (_, start: string, quote: string, dot: string) => `${start}${quote}..${dot === '' ? '' : '/..'}/`,
      ),
    );
    return defaultOf(await import(pathToFileURL(target).href));
  } catch (error) {
    throw failed(shown, error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function defaultOf(module: unknown): unknown {
  const value = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  if (value === undefined) throw new UserError('it has no default export');
  // A CommonJS file compiled from a module: `exports.default = ...`.
  return typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value ? value.default : value;
}

function failed(shown: string, error: unknown): UserError {
  const text = errorText(error).split('\n')[0] ?? '';
  return new UserError(`Cannot load ${shown}: ${text}. Correct the file; \`export default defineConfig({ ... })\` is what it must hold.`, { cause: error });
}

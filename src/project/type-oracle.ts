import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Node, Project, Symbol as MorphSymbol, Type } from 'ts-morph';
import type { Span } from '../model/facts.js';
import type { NamedType } from '../model/abstract.js';
import { dirOf } from './packages.js';

/** Answers which package's type an expression has, for the calls whose receiver nothing else explains. */
export type TypeOracle = (path: string, span: Span) => NamedType | undefined;

/**
 * The project's types through ts-morph, with its own TypeScript, so the version that the project has installed does not matter.
 * Programs are made per tsconfig.json, on the first question that needs one; files come in as they are asked about.
 */
export async function openTypeOracle(root: string): Promise<TypeOracle> {
  const { Project: MorphProject, ts } = await import('ts-morph');
  const projects = new Map<string, Project>();
  const projectOf = (path: string): Project => {
    let dir = dirOf(path);
    while (dir !== '' && !existsSync(join(root, dir, 'tsconfig.json'))) dir = dirOf(dir);
    let known = projects.get(dir);
    if (!known) {
      const config = join(root, dir, 'tsconfig.json');
      known = new MorphProject({
        ...(existsSync(config) ? { tsConfigFilePath: config } : {}),
        skipAddingFilesFromTsConfig: true,
        compilerOptions: {
          allowJs: true,
          noEmit: true,
          skipLibCheck: true,
          ...(existsSync(config) ? {} : { moduleResolution: ts.ModuleResolutionKind.Bundler, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }),
        },
      });
      projects.set(dir, known);
    }
    return known;
  };
  return (path, [start, end]) => {
    const source = projectOf(path).addSourceFileAtPathIfExists(join(root, path));
    let node: Node | undefined = source?.getDescendantAtPos(start);
    while (node && node.getEnd() < end) node = node.getParent();
    return node ? named(node.getType()) : undefined;
  };
}

function named(type: Type): NamedType | undefined {
  const whole = type.isUnion() ? type.getNonNullableType() : type;
  for (const symbol of [whole.getAliasSymbol(), whole.getSymbol(), ...whole.getBaseTypes().map((base) => base.getSymbol())]) {
    const found = symbol && packaged(symbol);
    if (found) return found;
  }
  return undefined;
}

/** The package that declares a symbol, by the folder of its declaration. */
function packaged(symbol: MorphSymbol): NamedType | undefined {
  for (const declaration of symbol.getDeclarations()) {
    const match = /.*\/node_modules\/(?:@types\/)?((?:@[^/]+\/)?[^/]+)\//.exec(declaration.getSourceFile().getFilePath());
    if (match?.[1]) return { package: match[1].replace(/^(\w[\w.-]*)__/, '@$1/'), name: symbol.getName() };
  }
  return undefined;
}

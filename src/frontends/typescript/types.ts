import type { TSType, TSTypeAnnotation, TSTypeName, TSTypeParameterInstantiation } from 'oxc-parser';
import type { TypeRef } from '../../model/facts.js';
import { lookup, type Builder } from './builder.js';

/** Wrappers that say nothing about which object is inside. */
const TRANSPARENT = new Set(['Promise', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'PromiseLike', 'Mocked', 'jest.Mocked']);

/** The written type as a reference, or nothing where it names no type (`string`, `{ a: 1 }`). */
function typeRef(b: Builder, type: TSType | null | undefined): TypeRef | undefined {
  if (!type) return undefined;
  switch (type.type) {
    case 'TSTypeReference': {
      const ref = nameRef(b, type.typeName);
      const inner = type.typeArguments?.params[0];
      if (ref && inner && typeof ref.root === 'string' && TRANSPARENT.has([ref.root, ...ref.path].join('.'))) return typeRef(b, inner);
      return ref;
    }
    case 'TSUnionType':
    case 'TSIntersectionType':
      for (const each of type.types) {
        const ref = typeRef(b, each);
        if (ref) return ref;
      }
      return undefined;
    case 'TSParenthesizedType':
      return typeRef(b, type.typeAnnotation);
    default:
      return undefined;
  }
}

export function annotated(b: Builder, annotation: TSTypeAnnotation | null | undefined): TypeRef | undefined {
  return annotation ? typeRef(b, annotation.typeAnnotation) : undefined;
}

export function typeArguments(b: Builder, args: TSTypeParameterInstantiation | null | undefined): TypeRef[] | undefined {
  const refs = args?.params.map((each) => typeRef(b, each)).filter((ref): ref is TypeRef => ref !== undefined);
  return refs && refs.length > 0 ? refs : undefined;
}

function nameRef(b: Builder, name: TSTypeName): TypeRef | undefined {
  if (name.type === 'Identifier') return { root: lookup(b, name.name) ?? name.name, path: [] };
  if (name.type === 'TSQualifiedName') {
    const left = nameRef(b, name.left);
    return left ? { root: left.root, path: [...left.path, name.right.name] } : undefined;
  }
  return undefined;
}

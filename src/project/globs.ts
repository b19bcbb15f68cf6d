import picomatch from 'picomatch';

type PathTest = (path: string) => boolean;

/** Compiled once: hundreds of packages of a workspace share their runner's default patterns, and compiling costs more than matching. */
const compiled = new Map<string, PathTest>();

/** A test over paths for several globs; nothing where there are none. Names that start with a dot match like any other. */
export function globTest(globs: readonly string[]): PathTest | undefined {
  const tests = globs.map(compile);
  if (tests.length < 2) return tests[0];
  return (path) => tests.some((test) => test(path));
}

function compile(glob: string): PathTest {
  const plain = glob.replace(/^(?:\.\/)+/, '');
  let test = compiled.get(plain);
  if (!test) {
    const matches = picomatch(plain, { dot: true });
    // One parameter only: a second one, as `filter` passes it, makes picomatch answer with an object.
    test = (path) => matches(path);
    compiled.set(plain, test);
  }
  return test;
}

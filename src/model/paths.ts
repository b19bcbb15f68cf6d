/** Folders that the platform names. A path that starts with one is absolute. */
export const ROOT = '<root>';
export const WORKING_DIRECTORY = '<cwd>';
export const TEMPORARY = '<tmp>';
export const HOME = '<home>';

export const isAbsolute = (path: string): boolean => /^(\/|<(root|cwd|tmp|home)>|[A-Za-z]:[\\/])/.test(path);

/** Whether a path of the project is the folder or lies in it; `''` is the root. */
export const isWithin = (path: string, folder: string): boolean => folder === '' || path === folder || path.startsWith(`${folder}/`);

/** `c.txt` of `a/b/c.txt`. */
export const lastStep = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Removes `.` and `..` steps and doubled slashes from the known part of a path. */
export function normalisePath(path: string, continued = false): string {
  const lead = path.startsWith('/') ? '/' : '';
  const tail = path.length > 1 && path.endsWith('/') ? '/' : '';
  const out: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else out.push(step);
  }
  const inner = out.join('/');
  if (inner === '') return lead || tail || (continued ? '' : '.');
  return lead + inner + tail;
}

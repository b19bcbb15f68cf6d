// Preloaded into the tool: lets the system refuse a file or folder, or interrupts the process when a file is opened.
// Works for any user on any system, unlike permissions.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const refused = process.env.OBSTACLE_REFUSED;
const interrupting = process.env.OBSTACLE_INTERRUPTS;

const meets = (path, name) => name !== undefined && typeof path === 'string' && path.replaceAll('\\', '/').endsWith(name);

for (const call of ['openSync', 'readFileSync', 'readdirSync', 'opendirSync']) {
  const original = fs[call];
  fs[call] = function (path, ...rest) {
    if (meets(path, refused)) throw Object.assign(new Error(`EACCES: permission denied, ${call} '${path}'`), { code: 'EACCES', syscall: call, path });
    if (meets(path, interrupting)) process.kill(process.pid, 'SIGINT');
    return original.call(this, path, ...rest);
  };
}
syncBuiltinESMExports();

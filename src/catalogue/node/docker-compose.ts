import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['docker-compose'],
  language: 'typescript',
  versions: '0.x-1.x',
  source: 'read in the documentation of docker-compose',
  tokens: ['docker-compose'],
  calls: [
    {
      call: 'upAll|upOne|upMany|default.upAll|v2.upAll|v2.upOne',
      op: 'bind',
      opens: { kind: 'container', name: ['arg0.commandOptions.*', 'arg0.cwd', '=compose project of the directory'] },
      owes: 'down()',
    },
    {
      call: 'down|downAll|stop|stopOne|rm|restartAll|restartOne|default.down|v2.down|v2.downAll',
      op: 'wipe',
      wipes: 'database',
      opens: { kind: 'container', name: ['arg0.cwd', '=compose project of the directory'] },
    },
    { call: 'exec|run|v2.exec', op: 'write', opens: { kind: 'container', name: ['arg0'] } },
  ],
} satisfies LibraryEntry;

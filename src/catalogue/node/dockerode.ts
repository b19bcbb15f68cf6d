import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['dockerode'],
  language: 'typescript',
  versions: '2-4',
  source: 'read in the documentation of dockerode',
  tokens: ['dockerode'],
  types: { Container: 'Container' },
  calls: [
    { call: 'new default', returns: 'Docker' },
    {
      call: 'Docker#createContainer|Docker#run',
      when: ['arg0.name'],
      returns: 'Container',
      op: 'bind',
      opens: { kind: 'container', name: ['arg0.name'] },
      owes: 'container.remove()',
    },
    { call: 'Docker#createContainer', otherwise: true, returns: 'Container', owes: 'container.remove()', owesKind: 'handle' },
    { call: 'Docker#getContainer', returns: 'Container' },
    { call: 'Docker#createNetwork', op: 'create', opens: { kind: 'container', name: ['arg0.Name'] } },
    { call: 'Docker#createVolume', op: 'create', opens: { kind: 'container', name: ['arg0.Name'] } },
    { call: on('Docker', 'pruneContainers pruneVolumes pruneNetworks pruneImages'), op: 'wipe', wipes: 'server', opens: { kind: 'container' } },
    { call: 'Docker#listContainers', op: 'count', opens: { kind: 'container' } },
    { call: 'Container#start', returns: 'receiver' },
    { call: on('Container', 'stop remove kill'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;

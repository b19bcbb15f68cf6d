import type { LibraryEntry } from '../../model/catalogue.js';

// The random clientId is safe; one clientId used twice makes both sides evict each other for ever.
export default {
  packages: ['mqtt', 'async-mqtt'],
  language: 'typescript',
  versions: '4-5',
  source: 'measured with mqtt 5.16.0 on mosquitto 2.0.11',
  tokens: ['mqtt', 'async-mqtt'],
  types: { MqttClient: 'Client', AsyncMqttClient: 'Client' },
  typeOpening: { kind: 'mqtt' },
  calls: [
    {
      call: 'connect|connectAsync|default.connect',
      returns: 'Client',
      opens: {
        kind: 'mqtt',
        server: ['arg0@url.host', 'arg0.host', 'arg1.host', '=localhost'],
        port: ['arg0@url.port', 'arg0.port', 'arg1.port', '=1883'],
        name: ['=broker'],
      },
      op: 'acquire',
      owes: 'client.end()',
    },
    {
      call: 'connect|connectAsync|default.connect',
      when: ['arg1.clientId'],
      op: 'bind',
      opens: { kind: 'mqtt', server: ['arg0@url.host', '=localhost'], port: ['arg0@url.port', '=1883'], name: ['=broker'], unit: ['arg1.clientId'] },
    },
    { call: 'Client#publish|Client#publishAsync', op: 'write', unit: ['arg0'] },
    { call: 'Client#subscribe|Client#subscribeAsync', op: 'read', unit: ['arg0'] },
    { call: 'Client#on|Client#once', returns: 'receiver' },
    { call: 'Client#end|Client#endAsync', releases: 'receiver' },
  ],
} satisfies LibraryEntry;

import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Rows are reached over HTTP; the URL stands for the project and with it for its one database.
export default {
  packages: ['@supabase/supabase-js', '@supabase/postgrest-js'],
  language: 'typescript',
  versions: '2.x',
  source: 'read in the documentation of @supabase/supabase-js 2',
  tokens: ['@supabase/'],
  types: { SupabaseClient: 'Client' },
  typeOpening: { kind: 'postgresql', name: ['=postgres'] },
  calls: [
    {
      call: 'createClient|new SupabaseClient|new PostgrestClient',
      returns: 'Client',
      opens: { kind: 'postgresql', server: ['arg0@url.host', 'arg0'], port: ['arg0@url.port'], name: ['=postgres'], namespace: ['arg2.db.schema'] },
      op: 'acquire',
    },
    { call: 'Client#schema', returns: 'Client', narrows: { namespace: ['arg0'] } },
    { call: 'Client#from', returns: 'Table', narrows: { unit: ['arg0'] } },
    { call: on('Table', 'insert upsert update'), op: 'write' },
    // The service refuses a `delete` without a condition: one that holds for every row (`neq('id', 0)`) empties the table.
    {
      call: 'Table#delete',
      unlessChained: ['eq', 'in', 'match', 'filter', 'like', 'ilike', 'is', 'or', 'contains', 'lt', 'lte'],
      op: 'wipe',
      wipes: 'unit',
    },
    { call: 'Table#delete', op: 'write' },
    { call: 'Table#select', op: 'read' },
    { call: 'Client#rpc', op: 'write' },
  ],
} satisfies LibraryEntry;

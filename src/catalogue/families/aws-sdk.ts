import type { CallSpec, Opening } from '../../model/catalogue.js';
import type { ResourceKind } from '../../model/claims.js';
import { inForms } from '../call-lists.js';

/** What a client of version 3 speaks to; `service` as AWS_ENDPOINT_URL_S3 spells it. */
export const awsService = (kind: ResourceKind, service: string): Opening => ({
  kind,
  server: ['arg0.endpoint', `env.AWS_ENDPOINT_URL_${service}`, 'env.AWS_ENDPOINT_URL', '=aws'],
  name: ['arg0.region', 'env.AWS_REGION', '=us-east-1'],
});

/** Commands as they are made: `PutObject` is `new PutObjectCommand`. */
export const newCommands = (names: string): string => inForms(names, ['new *Command']);

/** `client.send(command)`: the class of the command says what it does, and its option `unit` to what. */
export const sentCommands = (unit: string): readonly CallSpec[] => [
  { call: 'Client#send', when: ['arg0@type=WriteCommand'], op: 'write', unit: [`arg0@made.arg0.${unit}`] },
  { call: 'Client#send', when: ['arg0@type=CreateCommand'], op: 'create', unit: [`arg0@made.arg0.${unit}`] },
  { call: 'Client#send', when: ['arg0@type=WipeCommand'], op: 'wipe', wipes: 'unit', unit: [`arg0@made.arg0.${unit}`] },
  { call: 'Client#send', when: ['arg0@type=ReadCommand'], op: 'read', unit: [`arg0@made.arg0.${unit}`] },
  { call: 'Client#send', when: ['arg0@type=ScanCommand'], op: 'count', unit: [`arg0@made.arg0.${unit}`] },
];

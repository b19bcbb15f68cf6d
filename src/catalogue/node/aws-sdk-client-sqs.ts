import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { awsService, newCommands } from '../families/aws-sdk.js';

export default {
  packages: ['@aws-sdk/client-sqs'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in the documentation of @aws-sdk/client-sqs',
  tokens: ['client-sqs'],
  types: { SQSClient: 'Client', SQS: 'Client' },
  typeOpening: { kind: 'sqs' },
  calls: [
    { call: 'new SQSClient|new SQS', returns: 'Client', opens: awsService('sqs', 'SQS'), op: 'acquire' },
    // A queue is named where it is made and known by its URL afterwards.
    { call: 'new CreateQueueCommand', returns: 'CreateCommand' },
    { call: 'new DeleteQueueCommand|new PurgeQueueCommand', returns: 'WipeCommand' },
    {
      call: newCommands('SendMessage SendMessageBatch ReceiveMessage DeleteMessage DeleteMessageBatch ChangeMessageVisibility SetQueueAttributes'),
      returns: 'WriteCommand',
    },
    { call: 'new GetQueueUrlCommand|new GetQueueAttributesCommand', returns: 'ReadCommand' },
    { call: 'Client#send', when: ['arg0@type=CreateCommand'], op: 'create', unit: ['arg0@made.arg0.QueueName'] },
    { call: 'Client#send', when: ['arg0@type=WipeCommand'], op: 'wipe', wipes: 'unit', unit: ['arg0@made.arg0.QueueUrl'] },
    { call: 'Client#send', when: ['arg0@type=WriteCommand'], op: 'write', unit: ['arg0@made.arg0.QueueUrl'] },
    { call: 'Client#send', when: ['arg0@type=ReadCommand'], op: 'read', unit: ['arg0@made.arg0.QueueName', 'arg0@made.arg0.QueueUrl'] },
    { call: 'Client#createQueue', op: 'create', unit: ['arg0.QueueName'] },
    { call: 'Client#deleteQueue|Client#purgeQueue', op: 'wipe', wipes: 'unit', unit: ['arg0.QueueUrl'] },
    { call: on('Client', 'sendMessage sendMessageBatch receiveMessage deleteMessage'), op: 'write', unit: ['arg0.QueueUrl'] },
    { call: 'Client#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;

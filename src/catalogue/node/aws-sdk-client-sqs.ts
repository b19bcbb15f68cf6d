import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@aws-sdk/client-sqs'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in the documentation of @aws-sdk/client-sqs',
  tokens: ['client-sqs'],
  types: { SQSClient: 'Client', SQS: 'Client' },
  typeOpening: { kind: 'sqs' },
  calls: [
    {
      call: 'new SQSClient|new SQS',
      returns: 'Client',
      opens: {
        kind: 'sqs',
        server: ['arg0.endpoint', 'env.AWS_ENDPOINT_URL_SQS', 'env.AWS_ENDPOINT_URL', '=aws'],
        name: ['arg0.region', 'env.AWS_REGION', '=us-east-1'],
      },
      op: 'acquire',
    },
    // A queue is named where it is made and known by its URL afterwards.
    { call: 'new CreateQueueCommand', returns: 'CreateCommand' },
    { call: 'new DeleteQueueCommand|new PurgeQueueCommand', returns: 'WipeCommand' },
    {
      call: 'new SendMessageCommand|new SendMessageBatchCommand|new ReceiveMessageCommand|new DeleteMessageCommand|new DeleteMessageBatchCommand|new ChangeMessageVisibilityCommand|new SetQueueAttributesCommand',
      returns: 'WriteCommand',
    },
    { call: 'new GetQueueUrlCommand|new GetQueueAttributesCommand', returns: 'ReadCommand' },
    { call: 'Client#send', when: ['arg0@type=CreateCommand'], op: 'create', unit: ['arg0@made.arg0.QueueName'] },
    { call: 'Client#send', when: ['arg0@type=WipeCommand'], op: 'wipe', wipes: 'unit', unit: ['arg0@made.arg0.QueueUrl'] },
    { call: 'Client#send', when: ['arg0@type=WriteCommand'], op: 'write', unit: ['arg0@made.arg0.QueueUrl'] },
    { call: 'Client#send', when: ['arg0@type=ReadCommand'], op: 'read', unit: ['arg0@made.arg0.QueueName', 'arg0@made.arg0.QueueUrl'] },
    { call: 'Client#createQueue', op: 'create', unit: ['arg0.QueueName'] },
    { call: 'Client#deleteQueue|Client#purgeQueue', op: 'wipe', wipes: 'unit', unit: ['arg0.QueueUrl'] },
    { call: 'Client#sendMessage|Client#sendMessageBatch|Client#receiveMessage|Client#deleteMessage', op: 'write', unit: ['arg0.QueueUrl'] },
    { call: 'Client#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;

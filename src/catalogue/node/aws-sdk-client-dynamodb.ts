import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { awsService, newCommands, sentCommands } from '../families/aws-sdk.js';

export default {
  packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in package types, @aws-sdk/client-dynamodb 3.1162',
  tokens: ['dynamodb'],
  types: { DynamoDBClient: 'Client', DynamoDB: 'Client', DynamoDBDocumentClient: 'Client', DynamoDBDocument: 'Client' },
  typeOpening: { kind: 'dynamodb' },
  calls: [
    { call: 'new DynamoDBClient|new DynamoDB', returns: 'Client', opens: awsService('dynamodb', 'DYNAMODB'), op: 'acquire' },
    { call: 'DynamoDBDocumentClient.from|DynamoDBDocument.from', returns: 'Client', opens: { kind: 'dynamodb', same: ['arg0'], name: ['arg0'] } },
    {
      call: newCommands(
        'PutItem Put UpdateItem Update DeleteItem Delete BatchWriteItem BatchWrite TransactWriteItems TransactWrite UpdateTable UpdateTimeToLive',
      ),
      returns: 'WriteCommand',
    },
    { call: 'new CreateTableCommand', returns: 'CreateCommand' },
    { call: 'new DeleteTableCommand', returns: 'WipeCommand' },
    { call: newCommands('GetItem Get Query BatchGetItem BatchGet DescribeTable'), returns: 'ReadCommand' },
    { call: 'new ScanCommand|new ListTablesCommand', returns: 'ScanCommand' },
    ...sentCommands('TableName'),
    { call: on('Client', 'putItem put updateItem update deleteItem delete'), op: 'write', unit: ['arg0.TableName'] },
    { call: 'Client#createTable', op: 'create', unit: ['arg0.TableName'] },
    { call: 'Client#deleteTable', op: 'wipe', wipes: 'unit', unit: ['arg0.TableName'] },
    { call: on('Client', 'getItem get query'), op: 'read', unit: ['arg0.TableName'] },
    { call: 'Client#scan|Client#listTables', op: 'count', unit: ['arg0.TableName'] },
    { call: 'Client#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;

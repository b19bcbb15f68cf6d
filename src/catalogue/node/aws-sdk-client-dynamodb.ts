import type { LibraryEntry } from '../../model/catalogue.js';

export default {
  packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in package types, @aws-sdk/client-dynamodb 3.1162',
  tokens: ['dynamodb'],
  types: { DynamoDBClient: 'Client', DynamoDB: 'Client', DynamoDBDocumentClient: 'Client', DynamoDBDocument: 'Client' },
  typeOpening: { kind: 'dynamodb' },
  calls: [
    {
      call: 'new DynamoDBClient|new DynamoDB',
      returns: 'Client',
      opens: {
        kind: 'dynamodb',
        server: ['arg0.endpoint', 'env.AWS_ENDPOINT_URL_DYNAMODB', 'env.AWS_ENDPOINT_URL', '=aws'],
        name: ['arg0.region', 'env.AWS_REGION', '=us-east-1'],
      },
      op: 'acquire',
    },
    { call: 'DynamoDBDocumentClient.from|DynamoDBDocument.from', returns: 'Client', opens: { kind: 'dynamodb', same: ['arg0'], name: ['arg0'] } },
    {
      call: 'new PutItemCommand|new PutCommand|new UpdateItemCommand|new UpdateCommand|new DeleteItemCommand|new DeleteCommand|new BatchWriteItemCommand|new BatchWriteCommand|new TransactWriteItemsCommand|new TransactWriteCommand|new UpdateTableCommand|new UpdateTimeToLiveCommand',
      returns: 'WriteCommand',
    },
    { call: 'new CreateTableCommand', returns: 'CreateCommand' },
    { call: 'new DeleteTableCommand', returns: 'WipeCommand' },
    { call: 'new GetItemCommand|new GetCommand|new QueryCommand|new BatchGetItemCommand|new BatchGetCommand|new DescribeTableCommand', returns: 'ReadCommand' },
    { call: 'new ScanCommand|new ListTablesCommand', returns: 'ScanCommand' },
    { call: 'Client#send', when: ['arg0@type=WriteCommand'], op: 'write', unit: ['arg0@made.arg0.TableName'] },
    { call: 'Client#send', when: ['arg0@type=CreateCommand'], op: 'create', unit: ['arg0@made.arg0.TableName'] },
    { call: 'Client#send', when: ['arg0@type=WipeCommand'], op: 'wipe', wipes: 'unit', unit: ['arg0@made.arg0.TableName'] },
    { call: 'Client#send', when: ['arg0@type=ReadCommand'], op: 'read', unit: ['arg0@made.arg0.TableName'] },
    { call: 'Client#send', when: ['arg0@type=ScanCommand'], op: 'count', unit: ['arg0@made.arg0.TableName'] },
    { call: 'Client#putItem|Client#put|Client#updateItem|Client#update|Client#deleteItem|Client#delete', op: 'write', unit: ['arg0.TableName'] },
    { call: 'Client#createTable', op: 'create', unit: ['arg0.TableName'] },
    { call: 'Client#deleteTable', op: 'wipe', wipes: 'unit', unit: ['arg0.TableName'] },
    { call: 'Client#getItem|Client#get|Client#query', op: 'read', unit: ['arg0.TableName'] },
    { call: 'Client#scan|Client#listTables', op: 'count', unit: ['arg0.TableName'] },
    { call: 'Client#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;

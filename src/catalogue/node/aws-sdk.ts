import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

export default {
  packages: ['aws-sdk'],
  language: 'typescript',
  versions: '2.x',
  source: 'read in the documentation of the AWS SDK for JavaScript 2',
  tokens: ['aws-sdk'],
  calls: [
    {
      call: 'new S3|new default.S3',
      returns: 'S3',
      opens: { kind: 's3', server: ['arg0.endpoint', 'env.AWS_ENDPOINT_URL', '=aws'], name: ['arg0.region', 'env.AWS_REGION', '=us-east-1'] },
      op: 'acquire',
    },
    { call: on('S3', 'putObject upload copyObject deleteObject deleteObjects'), op: 'write', unit: ['arg0.Bucket'] },
    { call: 'S3#createBucket', op: 'create', unit: ['arg0.Bucket'] },
    { call: 'S3#deleteBucket', op: 'wipe', wipes: 'unit', unit: ['arg0.Bucket'] },
    { call: on('S3', 'getObject headObject listObjectsV2 listObjects'), op: 'read', unit: ['arg0.Bucket'] },
    {
      call: 'new DynamoDB|new DynamoDB.DocumentClient',
      returns: 'DynamoDB',
      opens: { kind: 'dynamodb', server: ['arg0.endpoint', 'env.AWS_ENDPOINT_URL', '=aws'], name: ['arg0.region', 'env.AWS_REGION', '=us-east-1'] },
      op: 'acquire',
    },
    { call: on('DynamoDB', 'putItem put updateItem update deleteItem delete'), op: 'write', unit: ['arg0.TableName'] },
    { call: 'DynamoDB#createTable', op: 'create', unit: ['arg0.TableName'] },
    { call: 'DynamoDB#deleteTable', op: 'wipe', wipes: 'unit', unit: ['arg0.TableName'] },
    { call: on('DynamoDB', 'getItem get query'), op: 'read', unit: ['arg0.TableName'] },
    { call: 'DynamoDB#scan', op: 'count', unit: ['arg0.TableName'] },
    { call: 'config.update|default.config.update', changes: { state: 'module', cell: ['=AWS.config'] } },
  ],
} satisfies LibraryEntry;

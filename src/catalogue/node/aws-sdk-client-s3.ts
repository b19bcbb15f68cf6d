import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';
import { awsService, newCommands, sentCommands } from '../families/aws-sdk.js';

export default {
  packages: ['@aws-sdk/client-s3', '@aws-sdk/lib-storage'],
  language: 'typescript',
  versions: '3.x',
  source: 'read in package types, @aws-sdk/client-s3 3.1169',
  tokens: ['client-s3', 'lib-storage'],
  types: { S3Client: 'Client', S3: 'Client' },
  typeOpening: { kind: 's3' },
  calls: [
    { call: 'new S3Client|new S3', returns: 'Client', opens: awsService('s3', 'S3'), op: 'acquire' },
    {
      call: newCommands(
        'PutObject CopyObject DeleteObject DeleteObjects PutBucketPolicy PutBucketNotificationConfiguration PutBucketVersioning PutBucketCors CreateMultipartUpload UploadPart CompleteMultipartUpload PutObjectTagging',
      ),
      returns: 'WriteCommand',
    },
    { call: 'new CreateBucketCommand', returns: 'CreateCommand' },
    { call: 'new DeleteBucketCommand', returns: 'WipeCommand' },
    { call: newCommands('GetObject HeadObject HeadBucket'), returns: 'ReadCommand' },
    { call: 'new ListObjectsV2Command|new ListObjectsCommand', when: ['!arg0.Prefix'], returns: 'ScanCommand' },
    { call: 'new ListObjectsV2Command|new ListObjectsCommand', otherwise: true, returns: 'ReadCommand' },
    { call: 'new ListBucketsCommand', returns: 'ScanCommand' },
    ...sentCommands('Bucket'),
    { call: 'new Upload', op: 'write', opens: { kind: 's3', same: ['arg0.client'], unit: ['arg0.params.Bucket'], name: ['arg0.client'] } },
    { call: on('Client', 'putObject copyObject deleteObject deleteObjects'), op: 'write', unit: ['arg0.Bucket'] },
    { call: 'Client#createBucket', op: 'create', unit: ['arg0.Bucket'] },
    { call: 'Client#deleteBucket', op: 'wipe', wipes: 'unit', unit: ['arg0.Bucket'] },
    { call: on('Client', 'getObject headObject listObjectsV2'), op: 'read', unit: ['arg0.Bucket'] },
    { call: 'Client#destroy', releases: 'receiver' },
  ],
} satisfies LibraryEntry;

import type { LibraryEntry } from '../../model/catalogue.js';
import { on } from '../call-lists.js';

// Topic and group must both be private: two consumers of one group share the messages.
export default {
  packages: ['kafkajs', '@confluentinc/kafka-javascript'],
  language: 'typescript',
  versions: '1-2',
  source: 'read in package types, kafkajs 2.2.4',
  tokens: ['kafka'],
  types: { Kafka: 'Kafka', Producer: 'Producer', Consumer: 'Consumer', Admin: 'Admin' },
  typeOpening: { kind: 'kafka' },
  calls: [
    {
      call: 'new Kafka|new KafkaJS.Kafka',
      returns: 'Kafka',
      opens: { kind: 'kafka', server: ['arg0.brokers.0', 'arg0.kafkaJS.brokers.0'], name: ['=cluster'] },
      op: 'acquire',
    },
    { call: 'Kafka#producer', returns: 'Producer' },
    { call: 'Kafka#admin', returns: 'Admin' },
    { call: 'Kafka#consumer', returns: 'Consumer', narrows: { namespace: ['arg0.groupId', 'arg0.kafkaJS.groupId'] } },
    { call: on('Producer Consumer Admin', 'connect'), returns: 'receiver', owes: 'disconnect()' },
    { call: 'Producer#send', op: 'write', unit: ['arg0.topic'] },
    { call: 'Producer#sendBatch', op: 'write', unit: ['arg0.topicMessages.0.topic'] },
    { call: 'Producer#transaction', returns: 'Producer' },
    { call: 'Consumer#subscribe', op: 'read', unit: ['arg0.topic', 'arg0.topics.0'] },
    { call: on('Consumer', 'run seek commitOffsets'), op: 'read' },
    { call: 'Admin#createTopics', op: 'create', unit: ['arg0.topics.0.topic'] },
    { call: 'Admin#deleteTopics', op: 'wipe', wipes: 'unit', unit: ['arg0.topics.0'] },
    { call: 'Admin#deleteTopicRecords', op: 'wipe', wipes: 'unit', unit: ['arg0.topic'] },
    { call: 'Admin#deleteGroups', op: 'wipe', wipes: 'unit', unit: ['arg0.0'] },
    { call: 'Admin#resetOffsets|Admin#setOffsets', op: 'write', unit: ['arg0.topic'] },
    { call: on('Admin', 'listTopics fetchTopicMetadata listGroups'), op: 'count' },
    { call: on('Producer Consumer Admin', 'disconnect'), releases: 'receiver' },
  ],
} satisfies LibraryEntry;

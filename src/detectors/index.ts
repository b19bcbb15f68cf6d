import type { Detector } from '../model/detector.js';
import fixedPort from './fixed-port.js';
import frozenWorkerName from './frozen-worker-name.js';
import hardcodedDatabaseName from './hardcoded-database-name.js';
import hardcodedResourceName from './hardcoded-resource-name.js';
import leakedCwd from './leaked-cwd.js';
import leakedEnv from './leaked-env.js';
import leakedMock from './leaked-mock.js';
import leakedTimers from './leaked-timers.js';
import missingCleanup from './missing-cleanup.js';
import orderDependentTest from './order-dependent-test.js';
import serialSuite from './serial-suite.js';
import sharedContainer from './shared-container.js';
import sharedGlobal from './shared-global.js';
import sharedModuleState from './shared-module-state.js';
import sharedPath from './shared-path.js';
import sharedRedisKeyspace from './shared-redis-keyspace.js';
import unscopedQuery from './unscoped-query.js';
import unscopedWipe from './unscoped-wipe.js';

export const detectors: readonly Detector[] = [
  fixedPort, frozenWorkerName, hardcodedDatabaseName, hardcodedResourceName, leakedCwd, leakedEnv, leakedMock, leakedTimers, missingCleanup, orderDependentTest, serialSuite,
  sharedContainer, sharedGlobal, sharedModuleState, sharedPath, sharedRedisKeyspace, unscopedQuery, unscopedWipe,
];
